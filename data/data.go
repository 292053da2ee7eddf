// Package data carries the contract: what each record set of a year must look
// like, one Frictionless Table Schema a set, the data dictionary of the program.
package data

import (
	"embed"
	"io/fs"
)

//go:embed contract/*.json
var files embed.FS

// Contract is the folder of the embedded schemas.
func Contract() fs.FS {
	contract, err := fs.Sub(files, "contract")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return contract
}
