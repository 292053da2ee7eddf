package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
)

// notices are those of everything in the program, gathered by cmd/notices when
// it is built.
//
//go:embed notices.txt
var notices string

func printLicenses(_ context.Context, _ arguments, out, _ io.Writer) error {
	_, err := fmt.Fprintf(out, "workreport 含有下列第三方软件和字体：先列名称、版本和各自写明的许可，后附许可与声明全文，都在编译时取自各软件包。\n\n%s", notices)
	return err
}
