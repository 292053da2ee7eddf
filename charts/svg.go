package charts

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"sync"

	"github.com/dop251/goja"
)

//go:embed assets/node_modules/echarts/dist/echarts.min.js
var echarts string

// setUp makes the few globals ECharts asks for where there is no browser, and
// draw is the one call that is made.
const (
	setUp = `var setTimeout = function () {}, clearTimeout = function () {};`
	draw  = `(function (option, width, height) {
	var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, locale: 'ZH', width: width, height: height});
	chart.setOption(JSON.parse(option));
	return chart.getZr().painter.renderToString({cssAnimation: false, cssEmphasis: false, useViewBox: true});
})`
)

// program is ECharts, compiled once.
var program = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("echarts.min.js", setUp+echarts, false)
})

// drawSVG draws an ECharts option of plain data. Every picture gets a machine of
// its own, so that it does not depend on the pictures before it.
func drawSVG(option []byte, width, height int) (svg []byte, err error) {
	if bytes.Contains(option, []byte("__f__")) {
		return nil, errors.New("the option holds a JavaScript function")
	}
	vm := goja.New()
	vm.SetRandSource(func() float64 { return 0.5 })
	if _, err := vm.RunProgram(program()); err != nil {
		return nil, fmt.Errorf("echarts: %w", err)
	}
	function, err := vm.RunString(draw)
	if err != nil {
		return nil, fmt.Errorf("echarts: %w", err)
	}
	call, _ := goja.AssertFunction(function)
	picture, err := call(goja.Undefined(), vm.ToValue(string(option)), vm.ToValue(width), vm.ToValue(height))
	if err != nil {
		return nil, fmt.Errorf("echarts: %w", err)
	}
	return []byte(picture.String()), nil
}
