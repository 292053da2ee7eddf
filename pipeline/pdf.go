package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"workreport/pipeline/scratch"
)

// The programs that can print, by the names they are installed under.
var (
	browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"}
	offices  = []string{"soffice", "libreoffice"}
)

// patience bounds one printing, so that a program that hangs does not hold up
// an unattended run.
const patience = 3 * time.Minute

// printPDF prints the page of charts and the appendix of an edition where a
// program that can do it is installed; what could not be printed is said, and
// costs nothing else. The
// page needs a browser; the appendix is printed from the Word document, or by a
// browser from its page.
func printPDF(ctx context.Context, folder string, session time.Time) (notes []string, err error) {
	browser, office := installed(browsers), installed(offices)
	appendix := office
	if appendix == "" {
		appendix = browser
	}
	for _, of := range []struct{ name, program, needs string }{{"charts", browser, "Chromium"}, {"appendix", appendix, "LibreOffice 或 Chromium"}} {
		if of.program == "" {
			notes = append(notes, fmt.Sprintf("没有写 %s.pdf：这台机器上没有找到 %s；请安装后再运行，或打开文件另存为 PDF", of.name, of.needs))
			continue
		}
		arguments := convert(of.name)
		if of.program == browser {
			arguments = browse(of.name)
		}
		if err := printOne(ctx, folder, of.name+".pdf", of.program, arguments, session); err != nil {
			if ctx.Err() != nil {
				return notes, ctx.Err()
			}
			notes = append(notes, fmt.Sprintf("没有写 %s.pdf：%v；请打开文件另存为 PDF", of.name, err))
			if err := os.RemoveAll(filepath.Join(folder, of.name+".pdf")); err != nil {
				return notes, err
			}
		}
	}
	return notes, nil
}

// installed is the path of the first of the programs that is there, "" for none.
func installed(names []string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// profile stands in arguments for a folder of the program's own.
const profile = "PROFILE"

// browse has a browser print a page.
func browse(name string) []string {
	arguments := []string{"--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--user-data-dir=" + profile, "--no-pdf-header-footer", "--print-to-pdf=" + name + ".pdf"}
	if os.Geteuid() == 0 { // a browser refuses to sandbox itself for root
		arguments = append(arguments, "--no-sandbox")
	}
	return append(arguments, name+".html")
}

// convert has an office suite print a Word document.
func convert(name string) []string {
	return []string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "pdf", name + ".docx"}
}

// printOne runs a program that prints, and takes the time of printing from the
// PDF, so that the same document gives the same bytes on the same machine.
func printOne(ctx context.Context, folder, pdf, program string, arguments []string, session time.Time) error {
	own, err := scratch.New()
	if err != nil {
		return err
	}
	defer own.Remove()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for i := range arguments {
		arguments[i] = strings.ReplaceAll(arguments[i], profile, own.Path)
	}
	command := exec.CommandContext(ctx, program, arguments...)
	command.Dir, command.WaitDelay = folder, time.Second
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // such programs start others, which end with them
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s：%w：%.300s", filepath.Base(program), err, said)
	}
	content, err := os.ReadFile(filepath.Join(folder, pdf))
	if err != nil {
		return fmt.Errorf("%s 没有写出文件", filepath.Base(program))
	}
	return os.WriteFile(filepath.Join(folder, pdf), timeless(content, session), 0o644)
}

var printed = regexp.MustCompile(`/(?:CreationDate|ModDate) ?\(D:(\d{14})|/ID ?\[ ?<([0-9A-F]{32})>\s*<([0-9A-F]{32})>|/DocChecksum /([0-9A-F]{32})`)

// timeless puts the day of the session in the place of the time of printing, and
// noughts in the place of what was made from that time; nothing moves.
func timeless(pdf []byte, session time.Time) []byte {
	out := bytes.Clone(pdf)
	for _, at := range printed.FindAllSubmatchIndex(pdf, -1) {
		if at[2] >= 0 {
			copy(out[at[2]:at[3]], session.Format("20060102150405"))
		}
		for group := 4; group < len(at); group += 2 {
			if at[group] >= 0 {
				copy(out[at[group]:at[group+1]], bytes.Repeat([]byte("0"), 32))
			}
		}
	}
	return out
}
