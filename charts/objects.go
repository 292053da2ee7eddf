package charts

import (
	"context"
	"errors"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// objects are the values that a resvg module holds by number: strings, errors,
// []byte, []any and the types below. The module was made for JavaScript, whose
// objects WebAssembly cannot hold itself.
type objects struct {
	held []any
	free []uint32
}

type (
	buffer struct{} // the module's memory, and its buffer
	window struct { // a stretch of the memory
		offset, size uint32
	}
	iterator struct{ rest []any }
	step     struct { // what an iterator answers
		value any
		done  bool
	}
	objectsKey struct{} // of the context that carries the objects
)

// reserved numbers mean undefined, null, true and false, and are never freed.
const reserved = 132

func newObjects() *objects { return &objects{held: make([]any, reserved)} }

func (o *objects) add(value any) uint32 {
	if last := len(o.free) - 1; last >= 0 {
		number := o.free[last]
		o.free = o.free[:last]
		o.held[number] = value
		return number
	}
	o.held = append(o.held, value)
	return uint32(len(o.held) - 1)
}

func (o *objects) take(number uint32) any {
	value := o.held[number]
	if number >= reserved {
		o.held[number] = nil
		o.free = append(o.free, number)
	}
	return value
}

func in(ctx context.Context) *objects { return ctx.Value(objectsKey{}).(*objects) }

// imports are the functions that the module expects of JavaScript. A panic in
// one of them is the error of the call that led to it.
var imports = map[string]any{
	"__wbindgen_memory":                                 func(ctx context.Context) uint32 { return in(ctx).add(buffer{}) },
	"__wbg_buffer_12d079cc21e14bdb":                     func(ctx context.Context, _ uint32) uint32 { return in(ctx).add(buffer{}) },
	"__wbindgen_object_drop_ref":                        func(ctx context.Context, object uint32) { in(ctx).take(object) },
	"__wbg_new_16b304a2cfa7ff4a":                        func(ctx context.Context) uint32 { return in(ctx).add([]any{}) },
	"__wbg_newwithbyteoffsetandlength_aa4a17c33a06e5cb": newWindow,
	"__wbg_new_63b92bc8671ed464":                        newBytes,
	"__wbg_set_a47bac70306a19a7":                        setBytes,
	"__wbg_length_c20a40f15020d68a":                     bytesLength,
	"__wbg_instanceof_Uint8Array_2b3bbecd033d19f6":      isBytes,
	"__wbg_values_839f3396d5aac002":                     iterate,
	"__wbg_next_196c84450b364254":                       nextStep,
	"__wbg_done_298b57d23c0fc80c":                       stepDone,
	"__wbg_value_d93c65011f51a456":                      stepValue,
	"__wbg_push_a5b05aedc7234f9f":                       pushItem,
	"__wbg_new_28c511d9baebfa89":                        newError,
	"__wbindgen_string_new":                             newString,
	"__wbindgen_string_get":                             getString,
	"__wbindgen_throw":                                  throw,
}

func exportObjects(ctx context.Context, runtime wazero.Runtime) error {
	builder := runtime.NewHostModuleBuilder("wbg")
	for name, function := range imports {
		builder = builder.NewFunctionBuilder().WithFunc(function).Export(name)
	}
	_, err := builder.Instantiate(ctx)
	return err
}

func newWindow(ctx context.Context, _, offset, size uint32) uint32 {
	return in(ctx).add(window{offset, size})
}

// newBytes copies a window; of the memory itself it makes the window on all of it.
func newBytes(ctx context.Context, m api.Module, source uint32) uint32 {
	switch from := in(ctx).held[source].(type) {
	case buffer:
		return in(ctx).add(window{0, m.Memory().Size()})
	case window:
		return in(ctx).add([]byte(readText(m, from.offset, from.size)))
	}
	panic(errors.New("bytes of no memory"))
}

func setBytes(ctx context.Context, m api.Module, target, source, offset uint32) {
	to := in(ctx).held[target].(window)
	if !m.Memory().Write(to.offset+offset, in(ctx).held[source].([]byte)) {
		panic(errors.New("out of memory"))
	}
}

func bytesLength(ctx context.Context, bytes uint32) uint32 {
	switch bytes := in(ctx).held[bytes].(type) {
	case []byte:
		return uint32(len(bytes))
	case window:
		return bytes.size
	}
	panic(errors.New("length of no bytes"))
}

func isBytes(ctx context.Context, object uint32) uint32 {
	switch in(ctx).held[object].(type) {
	case []byte, window:
		return 1
	}
	return 0
}

func iterate(ctx context.Context, list uint32) uint32 {
	return in(ctx).add(&iterator{in(ctx).held[list].([]any)})
}

func nextStep(ctx context.Context, object uint32) uint32 {
	from := in(ctx).held[object].(*iterator)
	if len(from.rest) == 0 {
		return in(ctx).add(step{done: true})
	}
	first := from.rest[0]
	from.rest = from.rest[1:]
	return in(ctx).add(step{value: first})
}

func stepDone(ctx context.Context, object uint32) uint32 {
	if in(ctx).held[object].(step).done {
		return 1
	}
	return 0
}

func stepValue(ctx context.Context, object uint32) uint32 {
	return in(ctx).add(in(ctx).held[object].(step).value)
}

func pushItem(ctx context.Context, list, object uint32) uint32 {
	longer := append(in(ctx).held[list].([]any), in(ctx).held[object])
	in(ctx).held[list] = longer
	return uint32(len(longer))
}

func newError(ctx context.Context, m api.Module, address, size uint32) uint32 {
	return in(ctx).add(errors.New(readText(m, address, size)))
}

func newString(ctx context.Context, m api.Module, address, size uint32) uint32 {
	return in(ctx).add(readText(m, address, size))
}

// getString leaves the place and the length of a string at target, or nothing
// where the object is no string.
func getString(ctx context.Context, m api.Module, target, object uint32) {
	address, size := uint32(0), uint32(0)
	if text, ok := in(ctx).held[object].(string); ok {
		place, err := m.ExportedFunction("__wbindgen_malloc").Call(ctx, uint64(len(text)), 1)
		if err != nil {
			panic(err)
		}
		address, size = uint32(place[0]), uint32(len(text))
		if !m.Memory().WriteString(address, text) {
			panic(errors.New("out of memory"))
		}
	}
	if !m.Memory().WriteUint32Le(target, address) || !m.Memory().WriteUint32Le(target+4, size) {
		panic(errors.New("out of memory"))
	}
}

func throw(_ context.Context, m api.Module, address, size uint32) {
	panic(errors.New(readText(m, address, size)))
}

func readText(m api.Module, address, size uint32) string {
	bytes, ok := m.Memory().Read(address, size)
	if !ok {
		panic(errors.New("outside the memory"))
	}
	return string(bytes)
}
