package contract

import (
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"workreport/data"
	"workreport/pipeline/source"
)

// open opens a text as the file things.csv.
func open(text []byte) (source.Book, error) {
	return source.Open(source.Folder{FS: fstest.MapFS{"things.csv": {Data: text}}}, "things.csv")
}

func TestEmbeddedContract(t *testing.T) {
	c, err := Load(data.Contract(), "data/contract")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sets) < 34 {
		t.Errorf("%d record sets", len(c.Sets))
	}
	private := 0
	for _, set := range c.Sets {
		for _, f := range set.Fields {
			if f.Private {
				private++
			}
		}
	}
	if private != 3 { // names of members and of persons helped, and phones
		t.Errorf("%d private fields", private)
	}
}

func TestLoadNamesFileAndLine(t *testing.T) {
	const good = `{
  "name": "things",
  "title": "物",
  "description": "物的记录。",
  "fields": [
    {"name": "no", "title": "编号", "type": "string", "description": "编号。"},
    {"name": "day", "title": "日期", "type": "date", "description": "日期。"}
  ],
  "primaryKey": ["no"]
}`
	if _, err := Load(fstest.MapFS{"things.json": {Data: []byte(good)}}, "c"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want string }{
		{`"type": "date"`, `"type": "datum"`, "c/things.json:7: 字段 day 的类型"},
		{`"title": "日期"`, `"title": "编号"`, "c/things.json:7: 表头“编号”"},
		{`["no"]`, `["number"]`, "c/things.json:9: 主键 number"},
		{`"name": "things"`, `"name": "thing"`, "c/things.json:2: 记录名"},
		{`"type": "date",`, `"type": "date" "x"`, "c/things.json:7: "},
		{`"primaryKey"`, `"primarykeys"`, "c/things.json:"},
		{`"name": "no"`, `"name": "No; DROP TABLE"`, "c/things.json:6: 字段名"},
	} {
		text := strings.Replace(good, c.from, c.to, 1)
		_, err := Load(fstest.MapFS{"things.json": {Data: []byte(text)}}, "c")
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.to, err, c.want)
		}
	}
}

func TestValue(t *testing.T) {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	zero := int64(0)
	for _, c := range []struct {
		kind Type
		cell string
		want any // nil: refused
	}{
		{Integer, "12", int64(12)}, {Integer, " １２ ", int64(12)}, {Integer, "1,234", int64(1234)}, {Integer, "007", int64(7)},
		{Integer, "12人", int64(12)}, {Integer, "１２ 人次", int64(12)}, {Integer, "1,23", nil}, {Integer, "12元", nil}, {Integer, "人", nil}, {Integer, "1.5", nil}, {Integer, "-1", nil}, {Integer, "1e3", nil},
		{Number, "0.1", "10"}, {Number, "1234567.89", "123456789"}, {Number, "1,234.5", "123450"}, {Number, "3.500", "350"},
		{Number, "3.5万元", "3500000"}, {Number, "0.00005万", "50"}, {Number, "1,234.5 元", "123450"}, {Number, "1.2亿元", "12000000000"}, {Number, "３．５万元", "3500000"},
		{Number, "3.501", nil}, {Number, "0.0000005万元", nil}, {Number, "万元", nil}, {Number, "3.5万人", nil}, {Number, "三万", nil}, {Number, ".", nil}, {Number, "-0.01", nil}, {Number, "99999999999999999", nil},
		{Date, "2021-03-05", day(2021, 3, 5)}, {Date, "2021/3/5", day(2021, 3, 5)}, {Date, "2021.3.5", day(2021, 3, 5)},
		{Date, "2021年3月5日", day(2021, 3, 5)}, {Date, "20210305", day(2021, 3, 5)}, {Date, "44260", day(2021, 3, 5)}, {Date, "44260.0", day(2021, 3, 5)},
		{Date, "2021/3/5 0:00:00", day(2021, 3, 5)}, {Date, "2021-03-05T00:00:00", day(2021, 3, 5)}, {Date, "2021/3/5 8:00", nil},
		{String, "好", "好"}, {String, "坏\x01", nil}, {String, "#REF!", nil},
		{Date, "2021-02-30", nil}, {Date, "3月5日", nil}, {Date, "2021", nil},
		{Boolean, "是", true}, {Boolean, "否", false}, {Boolean, "也许", nil},
	} {
		f := Field{Type: c.kind, Constraints: Constraints{Minimum: &zero}}
		got, rule, _ := f.Value(c.cell)
		if cents, ok := got.(*big.Int); ok {
			got = cents.String()
		}
		if got != c.want || (rule == "") != (c.want != nil) {
			t.Errorf("%s %q is %v (%s), want %v", c.kind, c.cell, got, rule, c.want)
		}
	}
	list := Field{Type: String, Constraints: Constraints{Required: true, Enum: []string{"立案", "并案"}}}
	if _, rule, remedy := list.Value("立按"); rule == "" || remedy != "是不是“立案”？可填：立案、并案" {
		t.Errorf("%s, %s", rule, remedy)
	}
	if _, rule, _ := list.Value(" "); rule == "" {
		t.Error("a required cell was empty")
	}
}

func FuzzValue(f *testing.F) {
	for _, seed := range []string{"12", "2021-03-05", "1,234.50", "是", "４４２６０", "-", "9999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for _, kind := range []Type{String, Integer, Number, Date, Boolean} {
			value, rule, remedy := Field{Type: kind}.Value(cell)
			if rule != "" && (value != nil || remedy == "") {
				t.Errorf("%s %q: value %v with rule %q, remedy %q", kind, cell, value, rule, remedy)
			}
		}
	})
}

func TestReadAccountsForEveryRow(t *testing.T) {
	set := Set{Name: "things", Fields: []Field{
		{Name: "no", Title: "编号", Type: String, Constraints: Constraints{Required: true}},
		{Name: "count", Title: "数量", Aliases: []string{"个数"}, Type: Integer},
		{Name: "phone", Title: "电话", Type: Integer, Private: true},
	}}
	book, err := open([]byte("个数,备注, 编 号 ,电话\n1,a,A,\n,,,\nx,b,,13x\n2,c,B,\n3,d,C,,多出来\n"))
	if err != nil {
		t.Fatal(err)
	}
	reading := Read(set, book.Sheets[0])
	var loaded []string
	for row := range reading.Rows() {
		loaded = append(loaded, fmt.Sprintf("%d%v", row.Place.Row, row.Values))
	}
	if got := strings.Join(loaded, " "); got != "2[A 1 <nil>] 5[B 2 <nil>]" {
		t.Errorf("loaded %s", got)
	}
	a := reading.Account
	if a != (Account{Set: "things", File: "things.csv", Format: "文本（UTF-8，逗号）", Rows: 6, Heading: 1, Blank: 1, Loaded: 2, Rejected: 2}) {
		t.Errorf("account %+v", a)
	}
	var said []string
	for _, p := range reading.Problems {
		said = append(said, p.String())
	}
	want := []string{
		"things.csv 第1行“备注”：这一列不在约定之内，没有读入；需要时加进记录约定，或改成约定的表头",
		"things.csv 第4行“ 编 号 ”：必填，不能为空；请补填",
		"things.csv 第4行“个数”：“x” 不是整数；请只填数字",
		"things.csv 第4行“电话”：“（不公开）” 不是整数；请只填数字",
		"things.csv 第6行：“（不公开）” 这一格在表头之外；请检查是否多了一个分隔符，或补上表头",
	}
	if got := strings.Join(said, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("problems:\n%s", got)
	}
}

func TestFindHeading(t *testing.T) {
	set := Set{Name: "things", Fields: []Field{
		{Name: "no", Title: "编号", Type: String, Constraints: Constraints{Required: true}},
		{Name: "count", Title: "数量", Type: Integer},
		{Name: "sent_on", Title: "交办日期", Type: Date},
		{Name: "replied_on", Title: "答复日期", Type: Date},
	}}
	for name, c := range map[string]struct {
		text, loaded string
		account      Account
	}{
		"a title above": {"2021年登记表,,,\n填报：办公室,,,\n编号,数量,交办日期,答复日期\nA,1,,\n", "4[A 1]",
			Account{Rows: 4, Heading: 3, Loaded: 1}},
		"two rows, merged": {"登记表\n编号,数量,办理情况,\n,,交办日期,答复日期\nA,1,2021-01-02,\n", "4[A 1]",
			Account{Rows: 4, Heading: 3, Loaded: 1}},
		"totals and blanks": {"编号,数量,交办日期,答复日期\nA,1,,\n\n小计,1,,\n,,,\nB,2,,\n合 计：,3,,\n", "2[A 1] 6[B 2]",
			Account{Rows: 7, Heading: 1, Totals: 2, Blank: 2, Loaded: 2}},
		"a blank line above": {"\n编号,数量,交办日期,答复日期\nA,1,,\n", "3[A 1]",
			Account{Rows: 3, Heading: 1, Blank: 1, Loaded: 1}},
		"a heading alone":                {"编号,数量,交办日期,答复日期\n", "", Account{Rows: 1, Heading: 1}},
		"values that look like headings": {"编号,数量,交办日期,答复日期\n编号,1,,\n", "2[编号 1]", Account{Rows: 2, Heading: 1, Loaded: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			book, err := open([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			reading := Read(set, book.Sheets[0])
			var loaded []string
			for row := range reading.Rows() {
				loaded = append(loaded, fmt.Sprintf("%d[%v %v]", row.Place.Row, row.Values[0], row.Values[1]))
			}
			c.account.Set, c.account.File, c.account.Format = "things", "things.csv", "文本（UTF-8，逗号）"
			if got := strings.Join(loaded, " "); got != c.loaded || reading.Account != c.account || len(reading.Problems) > 0 {
				t.Errorf("loaded %s, account %+v, problems %v", got, reading.Account, reading.Problems)
			}
			if !reading.Account.Balanced() {
				t.Errorf("the account does not add up: %+v", reading.Account)
			}
		})
	}
}

// FuzzRead holds the account on any text: every row is in one place and no other.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"编号,数量\nA,1\n", "标题\n编号,数量\n合计,3\n\n,,\nA,x\n", "\n\n编号\n\"A\nB\"\nC", "a\n"} {
		f.Add([]byte(seed))
	}
	set := Set{Name: "things", Fields: []Field{
		{Name: "no", Title: "编号", Type: String, Constraints: Constraints{Required: true}},
		{Name: "count", Title: "数量", Type: Integer},
	}}
	f.Fuzz(func(t *testing.T, text []byte) {
		book, err := open(text)
		if err != nil {
			return
		}
		defer book.Close()
		reading := Read(set, book.Sheets[0])
		if !reading.Bound() {
			return
		}
		last, loaded := 0, 0
		for row := range reading.Rows() {
			if row.Place.Row <= last {
				t.Fatalf("row %d comes after row %d", row.Place.Row, last)
			}
			last, loaded = row.Place.Row, loaded+1
		}
		a := reading.Account
		if a.Loaded != loaded || !a.Balanced() || a.Blank < 0 {
			t.Errorf("%d rows came out, account %+v", loaded, a)
		}
	})
}

func TestEditionNamesFileAndLine(t *testing.T) {
	const good = `year = 2021
organisation = "政协样县委员会"
session = "七届二次会议"
session_date = 2022-04-25
proposal_session = "七届一次"
status = "草案"
cut_off = 2022-04-15
[windows.year]
title = "全年"
first = 2021-01-01
last = 2021-12-31
[windows.session]
title = "七届一次会议以来"
first = 2021-05-12
last = 2022-04-15
[rounding]
policy = "half_up"
percent_places = 2
[tolerances]
about = 5
nearly = 10
`
	load := func(text string) (Edition, error) {
		return LoadEdition(fstest.MapFS{"edition.toml": {Data: []byte(text)}}, "data/2021")
	}
	e, err := load(good)
	if w, ok := e.Window("year"); err != nil || !ok || w.Last.Format("2006-01-02") != "2021-12-31" {
		t.Fatal(err, w)
	}
	for _, c := range []struct{ from, to, want string }{
		{`"half_up"`, `"up"`, "data/2021/edition.toml:17: 舍入方法"},
		{`status = "草案"`, `state = "草案"`, "data/2021/edition.toml:6: 不认识的设置 state"},
		{`status = "草案"`, ``, "data/2021/edition.toml：缺设置 status"},
		{`cut_off = 2022-04-15`, `cut_off = 2022-04-35`, "data/2021/edition.toml:7: "},
		{`last = 2021-12-31`, `last = 2020-12-31`, "data/2021/edition.toml:8: 时段"},
		{`year = 2021`, `year = 2022`, "data/2021/edition.toml:8: 时段 windows.year 应在 2022 年之内"},
		{`cut_off = 2022-04-15`, `cut_off = 2022-04-14`, "data/2021/edition.toml:12: 时段 七届一次会议以来 的最后一天晚于截止日"},
		{`cut_off = 2022-04-15`, `cut_off = 2023-04-15`, "data/2021/edition.toml:7: 截止日"},
		{`session_date = 2022-04-25`, `session_date = 2022-04-14`, "data/2021/edition.toml:4: 会议日期"},
		{`"政协样县委员会"`, `"政协××县委员会"`, "data/2021/edition.toml:2: 设置 organisation 还没有填好"},
		{`"草案"`, `"草\u001b案"`, "data/2021/edition.toml:6: 设置 status 含有看不见的控制字符"},
		{`about = 5`, `about = 500`, "data/2021/edition.toml:19: 容差"},
	} {
		_, err := load(strings.Replace(good, c.from, c.to, 1))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.to, err, c.want)
		}
	}
}

// TestPublicSettings takes the command for a failure out of the sample's settings,
// which stay the same settings.
func TestPublicSettings(t *testing.T) {
	text, err := os.ReadFile("../../data/2021/edition.toml")
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.Replace(string(text), "on_failure = []", "on_failure = [\"/bin/mail\",\n  \"密码\"]", 1)
	public, err := PublicSettings(secret)
	if err != nil || strings.Contains(public, "密码") || strings.Contains(public, "unattended") {
		t.Fatalf("%v\n%s", err, public)
	}
	want, err := LoadEdition(fstest.MapFS{EditionFile: {Data: text}}, "2021")
	if err != nil {
		t.Fatal(err)
	}
	got, err := LoadEdition(fstest.MapFS{EditionFile: {Data: []byte(public)}}, "2021")
	want.Text, got.Text, want.Unattended, got.Unattended = "", "", Unattended{}, Unattended{}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s\n%s", err, diff, public)
	}
}
