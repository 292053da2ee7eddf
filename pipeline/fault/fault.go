// Package fault turns a fault of the program itself into an error. A panic that
// nothing catches ends the process with a trace nobody at the office can read,
// and leaves behind what the run would have cleared away.
package fault

import "fmt"

// Caught is to be deferred, in every goroutine: it puts a panic into err.
func Caught(err *error) {
	if found := recover(); found != nil {
		*err = fmt.Errorf("程序内部出错，没有写出任何结果：%v；请把这一行和所用的记录告诉维护人员", found)
	}
}
