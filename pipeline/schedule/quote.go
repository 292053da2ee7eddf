package schedule

import (
	"fmt"
	"strings"
)

// plain are the characters that need no quotes, beside letters and digits.
const plain = "-_./,:=+@"

func isPlain(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		return !letter && !strings.ContainsRune(plain, r)
	})
}

var (
	inQuotes  = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`)
	inCommand = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`, `$`, `$$`)
)

// command is the value of ExecStart.
func command(program string, arguments []string) string {
	words := []string{pathOf(program)}
	for _, argument := range arguments {
		if !isPlain(argument) {
			argument = `"` + inCommand.Replace(argument) + `"`
		}
		words = append(words, argument)
	}
	return strings.Join(words, " ")
}

// pathOf is a word in which systemd replaces no variable: of the program, too, it
// takes the path as it stands.
func pathOf(path string) string {
	if isPlain(path) {
		return path
	}
	return `"` + inQuotes.Replace(path) + `"`
}

// pathWord is a folder in a list of folders, one that may be absent.
func pathWord(path string) string { return pathOf("-" + path) }

// restOfLine is a folder where the value is the rest of the line, unquoted. The
// slash keeps a blank or a backslash from the end, where they would be lost.
func restOfLine(path string) string {
	if strings.HasSuffix(path, " ") || strings.HasSuffix(path, `\`) {
		path += "/"
	}
	return strings.ReplaceAll(path, "%", "%%")
}

// Cron is the line for crontab. It asks for the year, which cron has no field for.
func (p Plan) Cron() (string, error) {
	if err := p.check(); err != nil {
		return "", err
	}
	words := []string{shellWord(p.Program)}
	for _, argument := range p.RunArguments() {
		words = append(words, shellWord(argument))
	}
	return fmt.Sprintf(`%d %d %d %d * [ "$(date +\%%Y)" = %d ] && cd %s && %s`,
		p.When.Minute(), p.When.Hour(), p.When.Day(), p.When.Month(), p.When.Year(), shellWord(p.Folder), strings.Join(words, " ")), nil
}

// Of a backslash before another backslash or a per cent, and of a per cent in
// quotes, the crons make different things; so neither ever appears.
var inShell = strings.NewReplacer(`'`, `'\''`, `\`, `\''`, `%`, `'\%'`)

// shellWord is a word for the shell that stands in a crontab.
func shellWord(word string) string {
	if isPlain(word) {
		return word
	}
	return "'" + inShell.Replace(word) + "'"
}
