# SPDX-License-Identifier: GPL-2.0-or-later
# A function's name says what it acts on: no static function is a bare verb, such as add or find.
shopt -s nullglob globstar
verbs='add|adopt|advise|append|apply|ask|assign|build|bury|call|choose|collect|commit|compare|compose'
verbs+='|copy|define|deliver|descend|dispatch|draw|encode|enter|explain|fail|fill|find|finish|flush'
verbs+='|follow|forget|gather|get|give|grow|hang|hear|insert|join|judge|keep|leave|list|listen|load'
verbs+='|look|make|mark|match|measure|mend|merge|move|next|note|pick|pin|prepare|probe|put|read'
verbs+='|receive|record|refuse|release|replace|resolve|restore|reverse|say|scan|search|serve|set|show'
verbs+='|skip|slurp|split|stage|start|stop|store|take|tell|unbind|unescape|understand|visit|walk|want'
verbs+='|write'
! grep -nE "^static [^(=;]*\b($verbs)\(" src/**/*.[ch] hooks/*.[ch] /dev/null |
	sed 's/$/   <- a verb without a noun/' | grep .
