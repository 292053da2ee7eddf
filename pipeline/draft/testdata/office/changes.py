"""Opens Word documents in LibreOffice through its API and prints, as JSON, for
each: how many insertions and deletions are tracked, the text with all of them
accepted, and the text with all of them refused.

usage: changes.py FOLDER FILE...   (FOLDER for the office's own settings)
"""
import json
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def start(folder):
    pipe = "workreport%d" % os.getpid()
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", "-env:UserInstallation=file://" + folder,
         "--accept=pipe,name=%s;urp;" % pipe], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return office, resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except Exception:
            if office.poll() is not None:
                break
            time.sleep(0.1)
    sys.exit("LibreOffice did not start")


def elements(container):
    each = container.createEnumeration()
    while each.hasMoreElements():
        yield each.nextElement()


def lines(text):
    for block in elements(text):
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.getCellNames():
                yield from lines(block.getCellByName(name))
        else:
            yield block.getString()


def whole(document):
    found = list(lines(document.getText()))
    for notes in (document.getFootnotes(), document.getEndnotes()):
        for i in range(notes.getCount()):
            found += lines(notes.getByIndex(i))
    frames = document.getTextFrames()
    for name in sorted(frames.getElementNames()):
        found += lines(frames.getByName(name))
    page = document.getDrawPage()
    for i in range(page.getCount()):
        if page.getByIndex(i).supportsService("com.sun.star.drawing.Text"):
            found.append(page.getByIndex(i).getString())
    styles = document.getStyleFamilies().getByName("PageStyles")
    for name in styles.getElementNames():
        style = styles.getByName(name)
        if style.isInUse() and style.HeaderIsOn:
            found += lines(style.HeaderText)
    return "\n".join(found)


def main(folder, files):
    office, context = start(folder)
    try:
        manager = context.ServiceManager
        desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        result = []
        for file in files:
            one = {"inserted": 0, "deleted": 0}
            for key, command in (("accepted", ".uno:AcceptAllTrackedChanges"), ("refused", ".uno:RejectAllTrackedChanges")):
                document = desktop.loadComponentFromURL("file://" + file, "_blank", 0, (prop("Hidden", True),))
                kinds = [r.getPropertyValue("RedlineType") for r in elements(document.getRedlines())]
                one["inserted"], one["deleted"] = kinds.count("Insert"), kinds.count("Delete")
                dispatcher.executeDispatch(document.getCurrentController().getFrame(), command, "", 0, ())
                if document.getRedlines().hasElements():
                    sys.exit("changes are left in " + file)
                one[key] = whole(document)
                document.close(True)
            result.append(one)
        json.dump(result, sys.stdout, ensure_ascii=False)
        desktop.terminate()
    finally:
        office.kill()


main(sys.argv[1], sys.argv[2:])
