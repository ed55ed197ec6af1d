# SPDX-License-Identifier: GPL-2.0-or-later
# The directories that bash-completion and zsh read; both ask the program, which is in sbindir.
bashcompletiondir = $(datadir)/bash-completion/completions
bashcompletion_DATA = completion/bash/hostdevctl
zshcompletiondir = $(datadir)/zsh/site-functions
zshcompletion_DATA = completion/zsh/_hostdevctl
CLEANFILES += $(bashcompletion_DATA) $(zshcompletion_DATA)
EXTRA_DIST += completion/hostdevctl.bash.in completion/hostdevctl.zsh.in

$(bashcompletion_DATA): completion/hostdevctl.bash.in Makefile
$(zshcompletion_DATA): completion/hostdevctl.zsh.in Makefile
$(bashcompletion_DATA) $(zshcompletion_DATA):
	$(AM_V_GEN)$(MKDIR_P) '$(@D)' && \
		$(SED) 's|@sbindir[@]|$(sbindir)|' '$(srcdir)/completion/'hostdevctl.$(notdir $(@D)).in > $@.tmp && \
		mv $@.tmp $@
