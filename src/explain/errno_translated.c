/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * errno_translated.c - which error of the kernel does a line end with that a shell of another language
 * printed?  The path and command before it need no translation.
 */
#include "config.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "explain/errno_name.h"

/* glibc po/{de,fr,es,it,pt,pt_BR,zh_CN,ru}.po, and wordings of other versions of it. */
static const struct translation {
	const char *name, *words;
} translations[] = {
	{ "EPERM", "Die Operation ist nicht erlaubt" },
	{ "EPERM", "Opération non permise" },
	{ "EPERM", "Operación no permitida" },
	{ "EPERM", "Operazione non permessa" },
	{ "EPERM", "Operação não permitida" },
	{ "EPERM", "不允许的操作" },
	{ "EPERM", "Операция не позволена" },
	{ "ENOENT", "Datei oder Verzeichnis nicht gefunden" },
	{ "ENOENT", "Aucun fichier ou dossier de ce type" },
	{ "ENOENT", "No existe el fichero o el directorio" },
	{ "ENOENT", "File o directory non esistente" },
	{ "ENOENT", "Ficheiro ou pasta inexistente" },
	{ "ENOENT", "Arquivo ou diretório inexistente" },
	{ "ENOENT", "没有那个文件或目录" },
	{ "ENOENT", "Нет такого файла или каталога" },
	{ "ENOENT", "No existe el archivo o el directorio" },
	{ "ENOENT", "Aucun fichier ou dossier de ce nom" },
	{ "EIO", "Eingabe-/Ausgabefehler" },
	{ "EIO", "Erreur d'entrée/sortie" },
	{ "EIO", "Error de entrada/salida" },
	{ "EIO", "Errore di input/output" },
	{ "EIO", "Erro de entrada/saída" },
	{ "EIO", "输入/输出错误" },
	{ "EIO", "Ошибка ввода/вывода" },
	{ "ENXIO", "Kein passendes Gerät bzw. keine passende Adresse gefunden" },
	{ "ENXIO", "Aucun périphérique ou adresse" },
	{ "ENXIO", "No existe el dispositivo o la dirección" },
	{ "ENXIO", "Device o indirizzo non esistente" },
	{ "ENXIO", "Dispositivo ou endereço inexistente" },
	{ "ENXIO", "Endereço ou dispositivo inexistente" },
	{ "ENXIO", "没有那个设备或地址" },
	{ "ENXIO", "Нет такого устройства или адреса" },
	{ "ENOMEM", "Nicht genügend Hauptspeicher verfügbar" },
	{ "ENOMEM", "Ne peut allouer de la mémoire" },
	{ "ENOMEM", "No se pudo asignar memoria" },
	{ "ENOMEM", "Impossibile allocare memoria" },
	{ "ENOMEM", "Impossível alocar memória" },
	{ "ENOMEM", "Não foi possível alocar memória" },
	{ "ENOMEM", "无法分配内存" },
	{ "ENOMEM", "Невозможно выделить память" },
	{ "EACCES", "Keine Berechtigung" },
	{ "EACCES", "Permission non accordée" },
	{ "EACCES", "Permiso denegado" },
	{ "EACCES", "Permesso negato" },
	{ "EACCES", "Permissão recusada" },
	{ "EACCES", "Permissão negada" },
	{ "EACCES", "权限不够" },
	{ "EACCES", "Отказано в доступе" },
	{ "EBUSY", "Das Gerät oder die Ressource ist belegt" },
	{ "EBUSY", "Périphérique ou ressource occupé" },
	{ "EBUSY", "Dispositivo o recurso ocupado" },
	{ "EBUSY", "Dispositivo o risorsa occupata" },
	{ "EBUSY", "Dispositivo ou recurso ocupado" },
	{ "EBUSY", "Dispositivo ou recurso está ocupado" },
	{ "EBUSY", "设备或资源忙" },
	{ "EBUSY", "Устройство или ресурс занято" },
	{ "EBUSY", "El dispositivo o recurso está ocupado" },
	{ "EEXIST", "Die Datei existiert bereits" },
	{ "EEXIST", "Le fichier existe" },
	{ "EEXIST", "El fichero ya existe" },
	{ "EEXIST", "File già esistente" },
	{ "EEXIST", "O ficheiro existe" },
	{ "EEXIST", "Arquivo existe" },
	{ "EEXIST", "文件已存在" },
	{ "EEXIST", "Файл существует" },
	{ "EEXIST", "El archivo ya existe" },
	{ "ENODEV", "Kein passendes Gerät gefunden" },
	{ "ENODEV", "Aucun périphérique de ce type" },
	{ "ENODEV", "No existe el dispositivo" },
	{ "ENODEV", "Nessun device corrisponde" },
	{ "ENODEV", "Dispositivo inexistente" },
	{ "ENODEV", "没有那个设备" },
	{ "ENODEV", "Нет такого устройства" },
	{ "EINVAL", "Das Argument ist ungültig" },
	{ "EINVAL", "Argument invalide" },
	{ "EINVAL", "Argumento inválido" },
	{ "EINVAL", "Argomento non valido" },
	{ "EINVAL", "无效的参数" },
	{ "EINVAL", "Недопустимый аргумент" },
	{ "ENOSPC", "Auf dem Gerät ist kein Speicherplatz mehr verfügbar" },
	{ "ENOSPC", "Aucun espace disponible sur le périphérique" },
	{ "ENOSPC", "No queda espacio en el dispositivo" },
	{ "ENOSPC", "Spazio esaurito sul device" },
	{ "ENOSPC", "Sem espaço livre no dispositivo" },
	{ "ENOSPC", "Não há espaço disponível no dispositivo" },
	{ "ENOSPC", "设备上没有空间" },
	{ "ENOSPC", "На устройстве не осталось свободного места" },
	{ "EROFS", "Das Dateisystem ist nur lesbar" },
	{ "EROFS", "Système de fichiers accessible en lecture seulement" },
	{ "EROFS", "Sistema de ficheros de sólo lectura" },
	{ "EROFS", "File system in sola lettura" },
	{ "EROFS", "Sistema de ficheiros só de leitura" },
	{ "EROFS", "Sistema de arquivos somente para leitura" },
	{ "EROFS", "只读文件系统" },
	{ "EROFS", "Файловая система доступна только для чтения" },
	{ "ETIMEDOUT", "Die Wartezeit für die Verbindung ist abgelaufen" },
	{ "ETIMEDOUT", "Connexion terminée par expiration du délai d'attente" },
	{ "ETIMEDOUT", "Expiró el tiempo de conexión" },
	{ "ETIMEDOUT", "Connessione scaduta" },
	{ "ETIMEDOUT", "Ligação expirada" },
	{ "ETIMEDOUT", "Tempo esgotado para conexão" },
	{ "ETIMEDOUT", "连接超时" },
	{ "ETIMEDOUT", "Время ожидания соединения истекло" },
	{ "EOPNOTSUPP", "Die Operation wird nicht unterstützt" },
	{ "EOPNOTSUPP", "Opération non supportée" },
	{ "EOPNOTSUPP", "La operación no está soportada" },
	{ "EOPNOTSUPP", "Operazione non supportata" },
	{ "EOPNOTSUPP", "Operação não suportada" },
	{ "EOPNOTSUPP", "Operação sem suporte" },
	{ "EOPNOTSUPP", "不支持的操作" },
	{ "EOPNOTSUPP", "Неподдерживаемая операция" },
	{ "ENOTTY", "Unpassender IOCTL (I/O-Control) für das Gerät" },
	{ "ENOTTY", "Ioctl() inapproprié pour un périphérique" },
	{ "ENOTTY", "Función ioctl no apropiada para el dispositivo" },
	{ "ENOTTY", "ioctl non appropriata per il device" },
	{ "ENOTTY", "Controlo de E/S inapropriado para o dispositivo" },
	{ "ENOTTY", "ioctl inapropriado para dispositivo" },
	{ "ENOTTY", "对设备不适当的 ioctl 操作" },
	{ "ENOTTY", "Неприменимый к данному устройству ioctl" },
};

/* In either case of its ASCII letters; blanks and dots may follow. */
static bool is_rest(const char *rest, const char *words)
{
	size_t length = strlen(words);

	if (tolower((unsigned char)*rest) != tolower((unsigned char)*words) ||
	    strncasecmp(rest, words, length) != 0)
		return false;
	return !rest[length + strspn(rest + length, " .\t\r\n")];
}

const char *hd_errno_translated(const char *line)
{
	const char *last = strrchr(line, ':');

	if (!last || last == line)
		return NULL;
	last += 1 + strspn(last + 1, " \t");
	for (size_t i = 0; i < HD_ARRAY_SIZE(translations); i++)
		if (is_rest(last, translations[i].words))
			return translations[i].name;
	return NULL;
}
