package schedule

import (
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
)

// awkward gives paths of everything that some rule treats in its own way.
func awkward(random *rand.Rand) string {
	pieces := []string{" ", "%", "%%", "%h", "$", "$$", "$HOME", "${HOME}", `"`, "'", "`", `\`, `\\`, `\n`, `\x41`, ";", "#", "&", "|", "*", "~", "-", "政协", "中 文", "a", "B", "7", "é", "=", "!", "("}
	path := "/"
	for range 1 + random.IntN(8) {
		path += pieces[random.IntN(len(pieces))]
	}
	return path
}

// words splits a value as systemd does: double quotes, a backslash before a
// character, and what % and (in commands) $ stand for.
func words(t *testing.T, value string, variables bool) []string {
	t.Helper()
	var all []string
	var word strings.Builder
	quoted, open := false, false
	for i := 0; i < len(value); i++ {
		c := value[i]
		double := i+1 < len(value) && value[i+1] == c
		switch {
		case c == '"':
			quoted, open = !quoted, true
		case c == ' ' && !quoted:
			all, open = append(all, word.String()), false
			word.Reset()
		case c == '\\':
			if i++; value[i] != '\\' && value[i] != '"' {
				t.Fatalf("%s: an escape that systemd does not know", value)
			}
			word.WriteByte(value[i])
		case c == '%', c == '$' && variables && len(all) > 0:
			if !double {
				t.Fatalf("%s: a lone %c", value, c)
			}
			i++
			word.WriteByte(c)
		default:
			if !quoted && c >= 0x80 {
				t.Fatalf("%s: not quoted", value)
			}
			word.WriteByte(c)
		}
	}
	if quoted {
		t.Fatalf("%s: a quote is open", value)
	}
	if open || word.Len() > 0 {
		all = append(all, word.String())
	}
	return all
}

func TestSystemdReadsBackWhatWasQuoted(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		a, b, c := awkward(random), awkward(random), awkward(random)
		got := words(t, command(a, []string{b, "--year", c}), true)
		if len(got) != 4 || got[0] != a || got[1] != b || got[3] != c {
			t.Fatalf("%q %q %q came back as %q", a, b, c, got)
		}
		if got := words(t, pathWord(a), false); len(got) != 1 || got[0] != "-"+a {
			t.Fatalf("%q came back as %q", a, got)
		}
		line := restOfLine(a)
		if strings.TrimRight(line, ` \`) != line || strings.TrimSuffix(strings.ReplaceAll(line, "%%", "%"), "/") != strings.TrimSuffix(a, "/") {
			t.Fatalf("%q is written as %q", a, line)
		}
	}
}

// unescape does what the crons do to a command before a shell reads it.
var unescape = map[string]func(string) string{
	"cronie":  func(s string) string { return cron(s, "%") },
	"vixie":   func(s string) string { return cron(s, `%\`) },
	"busybox": func(s string) string { return s },
}

func cron(s, loses string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			if i++; !strings.Contains(loses, s[i:i+1]) {
				out.WriteByte('\\')
			}
			out.WriteByte(s[i])
		case s[i] == '%':
			return out.String() // the rest is standard input
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

func TestShellReadsBackWhatWasQuoted(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var want []string
	line := `[ "$(date +\%Y)" -gt 2000 ] && printf '\%s\n'`
	for range 500 {
		path := awkward(random)
		want = append(want, path)
		line += " " + shellWord(path)
	}
	for name, undo := range unescape {
		script := undo(line)
		if name == "busybox" { // it leaves \% to the shell, which keeps it in quotes
			script = strings.ReplaceAll(script, `'\%s\n'`, `'%s\n'`)
		}
		got, err := exec.Command("sh", "-c", script).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if string(got) != strings.Join(want, "\n")+"\n" {
			t.Errorf("%s: some words came back changed", name)
		}
	}
}
