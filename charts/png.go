package charts

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

var (
	//go:embed assets/node_modules/@resvg/resvg-wasm/index_bg.wasm
	resvg []byte
	//go:embed assets/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf
	font []byte
)

// resvgSum is the SHA-256 of the resvg module that this binding was written for.
const resvgSum = "22bf6e9f9a100d972da0411a69c5ba504367fc1fa87b3b64e3f35e53926d2d70"

// pngOptions ask for a picture at twice the size, written in the one font that is here.
const pngOptions = `{"fitTo":{"mode":"zoom","value":2},"background":"#ffffff",` +
	`"font":{"loadSystemFonts":false,"defaultFontFamily":"Noto Sans SC","sansSerifFamily":"Noto Sans SC"}}`

// compiledHere keeps resvg compiled until the program ends, where there is no cache on disk.
var compiledHere = sync.OnceValue(wazero.NewCompilationCache)

// studio is the compiled picture maker; painters work in it side by side.
type studio struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
}

// openStudio compiles resvg; a cache folder saves most of the time of the next start.
func openStudio(ctx context.Context, cache string) (*studio, error) {
	if sum := sha256.Sum256(resvg); hex.EncodeToString(sum[:]) != resvgSum {
		return nil, errors.New("resvg：程序里的绘图模块不是编写时所用的版本，请重新安装本程序")
	}
	compiled := compiledHere()
	if cache != "" {
		if onDisk, err := wazero.NewCompilationCacheWithDir(cache); err == nil {
			compiled = onDisk
		}
	}
	config := wazero.NewRuntimeConfig().WithCompilationCache(compiled)
	ctx = experimental.WithCompilationWorkers(ctx, runtime.GOMAXPROCS(0))
	s := &studio{runtime: wazero.NewRuntimeWithConfig(ctx, config)}
	if err := exportObjects(ctx, s.runtime); err != nil {
		return nil, errors.Join(fmt.Errorf("resvg: %w", err), s.close(ctx))
	}
	module, err := s.runtime.CompileModule(ctx, resvg)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("resvg: %w", err), s.close(ctx))
	}
	s.module = module
	return s, nil
}

func (s *studio) close(ctx context.Context) error { return s.runtime.Close(ctx) }

// painter turns SVG into PNG, one picture at a time.
type painter struct {
	module  api.Module
	objects *objects
}

func (s *studio) painter(ctx context.Context) (*painter, error) {
	module, err := s.runtime.InstantiateModule(ctx, s.module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, fmt.Errorf("resvg: %w", err)
	}
	return &painter{module: module, objects: newObjects()}, nil
}

// paint draws one picture. Everything the picture needed is freed again.
func (p *painter) paint(ctx context.Context, svg []byte) (png []byte, err error) {
	ctx = context.WithValue(ctx, objectsKey{}, p.objects)
	defer func() {
		if err != nil {
			err = fmt.Errorf("resvg: %w", err)
		}
	}()
	options, err := p.write(ctx, pngOptions)
	if err != nil {
		return nil, err
	}
	picture, err := p.result(ctx, "resvg_new", uint64(p.objects.add(string(svg))), options, uint64(len(pngOptions)),
		uint64(p.objects.add([]any{font})))
	if err != nil {
		return nil, err
	}
	defer p.call(ctx, "__wbg_resvg_free", picture)
	image, err := p.result(ctx, "resvg_render", picture)
	if err != nil {
		return nil, err
	}
	defer p.call(ctx, "__wbg_renderedimage_free", image)
	handle, err := p.result(ctx, "renderedimage_asPng", image)
	if err != nil {
		return nil, err
	}
	png, ok := p.objects.take(uint32(handle)).([]byte)
	if !ok {
		return nil, errors.New("no picture came back")
	}
	return png, nil
}

// write copies text into the module's memory, which the callee frees.
func (p *painter) write(ctx context.Context, text string) (uint64, error) {
	address, err := p.call(ctx, "__wbindgen_malloc", uint64(len(text)), 1)
	if err != nil {
		return 0, err
	}
	if !p.module.Memory().WriteString(uint32(address), text) {
		return 0, errors.New("out of memory")
	}
	return address, nil
}

// result calls a function that leaves (value, error, failed) on the stack.
func (p *painter) result(ctx context.Context, function string, args ...uint64) (uint64, error) {
	const room = 16
	place, err := p.call(ctx, "__wbindgen_add_to_stack_pointer", api.EncodeI32(-room))
	if err != nil {
		return 0, err
	}
	defer p.call(ctx, "__wbindgen_add_to_stack_pointer", room)
	if _, err := p.call(ctx, function, append([]uint64{place}, args...)...); err != nil {
		return 0, err
	}
	memory, at := p.module.Memory(), uint32(place)
	value, _ := memory.ReadUint32Le(at)
	problem, _ := memory.ReadUint32Le(at + 4)
	failed, ok := memory.ReadUint32Le(at + 8)
	if !ok {
		return 0, errors.New("the stack is outside the memory")
	}
	if failed != 0 {
		return 0, fmt.Errorf("%v", p.objects.take(problem))
	}
	return uint64(value), nil
}

func (p *painter) call(ctx context.Context, function string, args ...uint64) (uint64, error) {
	results, err := p.module.ExportedFunction(function).Call(ctx, args...)
	if err != nil || len(results) == 0 {
		return 0, err
	}
	return results[0], nil
}
