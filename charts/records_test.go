package charts

import (
	"slices"
	"testing"

	"workreport/pipeline/contract"
)

// TestOneRecordOnce: what several numbers count is on the page once, under the
// titles of the contract; what a set marks private, or no set has, is not.
func TestOneRecordOnce(t *testing.T) {
	a := archive{Behind: map[string]pointers{}, contract: contract.Contract{Sets: []contract.Set{
		{Title: "提案", Fields: []contract.Field{{Name: "title", Title: "案由"}, {Name: "name", Title: "会名"}}},
		{Title: "委员", Fields: []contract.Field{{Name: "name", Title: "姓名", Private: true}}},
		{Title: "会议", Fields: []contract.Field{{Name: "secret", Title: "秘密"}}},
	}}}
	records := table(t, "", texts("kind", "", "甲", "乙"), texts("title", "", "一", "二"), texts("name", "", "某", "某"), texts("secret", "", "密", "密"),
		texts("_file", "", "p.csv", "p.csv"), texts("_sheet", "", "", "表1"), integers("_row", "", "2", "3")).Record
	a.add("one", []string{"委员", "提案"}, records, []int{0, 1}, []int64{1, 1}, 2)
	a.add("two", []string{"委员", "提案"}, records.NewSlice(1, 2), []int{0}, []int64{1}, 1)
	a.add("three", []string{"提案"}, records, []int{0, 0}, []int64{2}, 2)
	text, err := a.json()
	want := `{"behind":{"one":{"form":0,"records":[0,1],"of":[0,1],"counts":[1,1],"all":2},` +
		`"three":{"form":1,"records":[0,1],"of":[0,0],"counts":[2],"all":2},"two":{"form":0,"records":[1],"of":[0],"counts":[1],"all":1}},` +
		`"forms":[{"columns":["文件","表","行","案由"],"rows":[["p.csv","","2","一"],["p.csv","表1","3","二"]]},` +
		`{"columns":["文件","表","行","案由","会名"],"rows":[["p.csv","","2","一","某"],["p.csv","表1","3","二","某"]]}]}`
	if err != nil || string(text) != want {
		t.Errorf("got  %s, %v\nwant %s", text, err, want)
	}
	if !slices.Equal(a.forms[0].Columns[:3], placeTitles) {
		t.Errorf("places are headed %v", a.forms[0].Columns[:3])
	}
}
