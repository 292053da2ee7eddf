// Package schedule says when the yearly run is due and how a machine is told:
// a plan comes in, the text of the systemd units or of the cron line goes out.
// It touches nothing.
package schedule

import (
	"embed"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"workreport/pipeline/contract"
)

// Plan is one yearly run: what is run, on what, and when. All paths are absolute.
type Plan struct {
	Year          int
	Program       string // the binary
	Folder        string // where it runs
	Data          string
	Out           string
	Queries       string // "" for the data folder's or the program's own
	Template      string // "" for none
	AllowRejected int

	When time.Time

	System     bool   // units of the whole machine, not of one user
	User       string // who runs them; of a system's units only, "" for root
	Namespaces bool   // whether a user's units can be shut off from files and network
}

// Unit is a file of systemd.
type Unit struct{ Name, Text string }

// mark is the first line of every unit that this package wrote.
const mark = "# 由 workreport schedule --install 写成，由 workreport schedule --remove 删除；手改的会被重写"

// Ours reports whether the text of a unit was written here.
func Ours(text string) bool {
	first, _, _ := strings.Cut(text, "\n")
	return first == mark
}

// Moment is when the run of a year is due: the day before the session.
func Moment(e contract.Edition, zone *time.Location) (time.Time, error) {
	hour, minute, err := e.Unattended.Clock()
	if err != nil {
		return time.Time{}, fmt.Errorf("设置 unattended.at 不是 06:00 这样的时刻：%w", err)
	}
	day := e.SessionDate
	return time.Date(day.Year(), day.Month(), day.Day()-1, hour, minute, 0, 0, zone), nil
}

// Names are the names of a year's units: the service, what tells of its failure, the timer.
func Names(year int) []string {
	p := Plan{Year: year}
	return []string{p.Service(), p.Notify(), p.Timer()}
}

// Service is the name of the unit that runs.
func (p Plan) Service() string { return fmt.Sprintf("workreport-%d.service", p.Year) }

// Notify is the name of the unit that tells of a failure.
func (p Plan) Notify() string { return fmt.Sprintf("workreport-%d-notify.service", p.Year) }

// Timer is the name of the unit that starts the run.
func (p Plan) Timer() string { return fmt.Sprintf("workreport-%d.timer", p.Year) }

// RunArguments are the arguments of the run.
func (p Plan) RunArguments() []string {
	args := []string{"run", "--unattended", "--year", strconv.Itoa(p.Year), "--data", p.Data, "--out", p.Out}
	if p.Queries != "" {
		args = append(args, "--queries", p.Queries)
	}
	if p.Template != "" {
		args = append(args, "--template", p.Template)
	}
	if p.AllowRejected > 0 {
		args = append(args, "--allow-rejected", strconv.Itoa(p.AllowRejected))
	}
	return args
}

// NotifyArguments are the arguments of the program that tells of a failure.
func (p Plan) NotifyArguments() []string {
	return []string{"notify", "--year", strconv.Itoa(p.Year), "--data", p.Data, "--out", p.Out}
}

//go:embed units
var files embed.FS

var units = template.Must(template.New("").Funcs(template.FuncMap{
	"mark": func() string { return mark }, "command": command, "path": pathWord, "rest": restOfLine,
}).ParseFS(files, "units/*"))

// Units are the units of the plan, in the order of Names.
func (p Plan) Units() ([]Unit, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if strings.ContainsAny(p.Program, `"'\`) {
		return nil, fmt.Errorf("%s：程序的路径里有引号或反斜线，systemd 不接受；请把程序移到别的文件夹", p.Program)
	}
	if p.Data == p.Out {
		return nil, fmt.Errorf("%s：记录和输出是同一个文件夹，运行时记录只能读；请用 --out 另指一个", p.Out)
	}
	var all []Unit
	for i, file := range []string{"run.service", "notify.service", "run.timer"} {
		var text strings.Builder
		if err := units.ExecuteTemplate(&text, file, p); err != nil {
			return nil, err
		}
		all = append(all, Unit{Names(p.Year)[i], text.String()})
	}
	return all, nil
}

// check refuses the paths that no unit and no cron line can hold.
func (p Plan) check() error {
	for _, path := range []string{p.Program, p.Folder, p.Data, p.Out, p.Queries, p.Template} {
		switch {
		case path == "":
			continue
		case !utf8.ValidString(path):
			return fmt.Errorf("%q：路径不是 UTF-8 的文字，写不进定时设置；请改名", path)
		case strings.ContainsFunc(path, unicode.IsControl):
			return fmt.Errorf("%q：路径里有换行或别的控制字符，写不进定时设置；请改名", path)
		case !filepath.IsAbs(path):
			return fmt.Errorf("%s：定时设置里的路径要从根写起", path)
		}
	}
	return nil
}
