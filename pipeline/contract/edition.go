package contract

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/BurntSushi/toml"
)

// EditionFile is the name of the settings in a year's folder.
const EditionFile = "edition.toml"

// Edition is the settings of a year: data/<year>/edition.toml.
type Edition struct {
	Year            int               `toml:"year"`
	Organisation    string            `toml:"organisation"`     // 政协泽州县委员会
	Session         string            `toml:"session"`          // the session the report goes to: 七届二次会议
	SessionDate     time.Time         `toml:"session_date"`     // its first day
	ProposalSession string            `toml:"proposal_session"` // the session whose proposals the year counts: 七届一次
	Status          string            `toml:"status"`           // 草案
	Notice          string            `toml:"notice"`           // said on the first page of every document; may be empty
	CutOff          time.Time         `toml:"cut_off"`          // what happens after this day does not count
	Windows         []Window          `toml:"-"`                // sorted by name
	WindowTable     map[string]Window `toml:"windows"`
	Rounding        Rounding          `toml:"rounding"`
	Tolerances      Tolerances        `toml:"tolerances"`
	Guard           Guard             `toml:"guard"`
	Unattended      Unattended        `toml:"unattended"`
	Text            string            `toml:"-"` // the file as it stands
}

// Window is a stretch of days, both ends included. Queries see it as the
// columns <name>_first and <name>_last of the table edition.
type Window struct {
	Name  string    `toml:"-"`
	Title string    `toml:"title"` // 全年, 七届一次会议以来
	First time.Time `toml:"first"`
	Last  time.Time `toml:"last"`
}

// Rounding is how a number is rounded, once, when it is written.
type Rounding struct {
	Policy        RoundingPolicy `toml:"policy"`
	PercentPlaces int            `toml:"percent_places"` // most decimal places of a percentage
}

// RoundingPolicy says what becomes of a tie.
type RoundingPolicy string

// The policies: away from zero (四舍五入), or to the even neighbour (GB/T 8170-2008, 3.2).
const (
	HalfUp   RoundingPolicy = "half_up"
	HalfEven RoundingPolicy = "half_even"
)

// Tolerances bound the hedges that no standard bounds, in percent of the number written.
type Tolerances struct {
	About  int `toml:"about"`  // 约, 左右
	Nearly int `toml:"nearly"` // 近
}

// Guard bounds what may change from one edition to the next without a person
// who says that it is right.
type Guard struct {
	Moved int `toml:"moved"` // percent of the value before
}

// Unattended is how the yearly run goes when nobody looks.
type Unattended struct {
	At        string   `toml:"at"`         // 06:00, on the day before the session
	OnFailure []string `toml:"on_failure"` // a command and its arguments; no shell reads it
}

// Clock is the hour and the minute of At.
func (u Unattended) Clock() (hour, minute int, err error) {
	at, err := time.Parse("15:04", u.At)
	return at.Hour(), at.Minute(), err
}

// The settings that an edition.toml may leave out.
const (
	usualBound = 50
	usualTime  = "06:00"
)

// settingHint names the slips that people make in a settings file.
const settingHint = "文字要放在英文双引号里，日期写成 2021-03-05、不加引号，文件存为 UTF-8"

// requiredSettings are the keys every edition.toml must have.
var requiredSettings = [][]string{
	{"year"}, {"organisation"}, {"session"}, {"session_date"}, {"proposal_session"}, {"status"}, {"cut_off"},
	{"windows", "year"}, {"windows", "session"}, {"rounding", "policy"}, {"rounding", "percent_places"},
	{"tolerances", "about"}, {"tolerances", "nearly"},
}

// LoadEdition reads the settings of a year; folder is its name in messages. An
// error names the file and, where it is known, the line.
func LoadEdition(fsys fs.FS, folder string) (Edition, error) {
	file := folder + "/" + EditionFile
	text, err := fs.ReadFile(fsys, EditionFile)
	if errors.Is(err, fs.ErrNotExist) {
		return Edition{}, fmt.Errorf("%s：没有这个设置文件，请用 workreport init 生成，或从上年的文件夹复制后改年份", file)
	}
	if err != nil {
		return Edition{}, err
	}
	e := Edition{Guard: Guard{Moved: usualBound}, Unattended: Unattended{At: usualTime}}
	meta, err := toml.Decode(strings.TrimPrefix(string(text), "\ufeff"), &e)
	var fault toml.ParseError
	if errors.As(err, &fault) {
		return Edition{}, fmt.Errorf("%s:%d: 这一行读不懂；%s（%s）", file, fault.Position.Line, settingHint, fault.Message)
	}
	if err != nil {
		return Edition{}, fmt.Errorf("%s：设置读不懂；%s（%w）", file, settingHint, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		key := unknown[0]
		return Edition{}, faultAt(text, file, key[len(key)-1], "不认识的设置 %s", key)
	}
	for _, key := range requiredSettings {
		if !meta.IsDefined(key...) {
			return Edition{}, fmt.Errorf("%s：缺设置 %s", file, strings.Join(key, "."))
		}
	}
	for name, window := range e.WindowTable {
		window.Name = name
		e.Windows = append(e.Windows, window)
	}
	slices.SortFunc(e.Windows, func(a, b Window) int { return cmp.Compare(a.Name, b.Name) })
	e.WindowTable, e.Text = nil, string(text)
	return e, e.check(text, file)
}

// PublicSettings are the settings of a year, as they stand, without those of the
// unattended run: its command may hold what is not for the public, and no figure
// depends on it. It is an error where they cannot be told apart.
func PublicSettings(text string) (string, error) {
	var public []string
	skipping := false
	for _, line := range strings.SplitAfter(text, "\n") {
		start := strings.TrimLeft(line, " \t\ufeff")
		if strings.HasPrefix(start, "[") {
			skipping = strings.HasPrefix(strings.TrimLeft(start, "[ \t\"'"), "unattended")
		}
		if !skipping && !strings.HasPrefix(strings.TrimLeft(start, "\"'"), "unattended") {
			public = append(public, line)
		}
	}
	joined := strings.Join(public, "")
	var settings map[string]any
	if _, err := toml.Decode(strings.TrimPrefix(joined, "\ufeff"), &settings); err != nil || settings["unattended"] != nil {
		return "", fmt.Errorf("%s：[unattended] 的写法分不清；请把 on_failure 写成一行，放在文件的最后", EditionFile)
	}
	return joined, nil
}

// FailureCommand is what a year's settings say is to be run when an unattended run
// fails, also where other settings are wrong; nil where they say nothing.
func FailureCommand(fsys fs.FS) []string {
	text, err := fs.ReadFile(fsys, EditionFile)
	if err != nil {
		return nil
	}
	var settings struct {
		Unattended Unattended `toml:"unattended"`
	}
	if _, err := toml.Decode(strings.TrimPrefix(string(text), "\ufeff"), &settings); err != nil {
		return nil
	}
	if command := settings.Unattended.OnFailure; len(command) > 0 && command[0] != "" {
		return command
	}
	return nil
}

func (e Edition) check(text []byte, file string) error {
	for _, setting := range [][2]string{{"organisation", e.Organisation}, {"session", e.Session},
		{"proposal_session", e.ProposalSession}, {"status", e.Status}, {"notice", e.Notice}} {
		key, value := setting[0], setting[1]
		switch {
		case value == "" && key != "notice", strings.Contains(value, "×"):
			return faultAt(text, file, key, "设置 %s 还没有填好", key)
		case strings.ContainsFunc(value, unicode.IsControl):
			return faultAt(text, file, key, "设置 %s 含有看不见的控制字符", key)
		}
	}
	switch {
	case e.Year < 1949 || e.Year > 2999:
		return faultAt(text, file, "year", "年份 %d 不对", e.Year)
	case e.Rounding.Policy != HalfUp && e.Rounding.Policy != HalfEven:
		return faultAt(text, file, "policy", "舍入方法 %q 不认识，可用 half_up（四舍五入）或 half_even（四舍六入五成双）", e.Rounding.Policy)
	case e.Rounding.PercentPlaces < 0 || e.Rounding.PercentPlaces > 6:
		return faultAt(text, file, "percent_places", "百分数的小数位数应在 0 到 6 之间")
	case e.Tolerances.About < 0 || e.Tolerances.About > 50 || e.Tolerances.Nearly < 0 || e.Tolerances.Nearly > 50:
		return faultAt(text, file, "[tolerances]", "容差应在 0 到 50（%%）之间")
	case e.Guard.Moved < 1 || e.Guard.Moved > 10000:
		return faultAt(text, file, "moved", "设置 guard.moved 应在 1 到 10000（%%）之间")
	case len(e.Unattended.OnFailure) > 0 && e.Unattended.OnFailure[0] == "":
		return faultAt(text, file, "on_failure", "设置 on_failure 的第一项应是程序的路径")
	}
	if _, _, err := e.Unattended.Clock(); err != nil {
		return faultAt(text, file, "at =", "设置 unattended.at 应写成 \"06:00\" 这样的时刻")
	}
	year, _ := e.Window("year")
	switch {
	case year.First.Year() != e.Year || year.Last.Year() != e.Year:
		return faultAt(text, file, "[windows.year]", "时段 windows.year 应在 %d 年之内", e.Year)
	case e.CutOff.Before(year.First) || e.CutOff.Year() > e.Year+1:
		return faultAt(text, file, "cut_off", "截止日应在 %d 年或次年", e.Year)
	case e.SessionDate.Before(e.CutOff):
		return faultAt(text, file, "session_date", "会议日期不应早于截止日")
	}
	for _, w := range e.Windows {
		if !identifier.MatchString(w.Name) || w.Title == "" {
			return faultAt(text, file, w.Name, "时段 %q 要用英文小写字母命名，并有 title", w.Name)
		}
		if w.First.IsZero() || w.Last.IsZero() || w.Last.Before(w.First) {
			return faultAt(text, file, "windows."+w.Name, "时段 %s 的起止日期不对", w.Title)
		}
		if w.Last.After(e.CutOff) {
			return faultAt(text, file, "windows."+w.Name, "时段 %s 的最后一天晚于截止日；截止日以后的不计，请改成一致", w.Title)
		}
	}
	return nil
}

// Window finds a window by its name; the window year is always there.
func (e Edition) Window(name string) (Window, bool) {
	for _, w := range e.Windows {
		if w.Name == name {
			return w, true
		}
	}
	return Window{}, false
}
