package fault

import (
	"strings"
	"testing"
)

func TestCaught(t *testing.T) {
	work := func(fault any) (err error) {
		defer Caught(&err)
		if fault != nil {
			panic(fault)
		}
		return nil
	}
	if err := work(nil); err != nil {
		t.Error(err)
	}
	if err := work("index out of range"); err == nil || !strings.Contains(err.Error(), "程序内部出错，没有写出任何结果：index out of range") {
		t.Error(err)
	}
}
