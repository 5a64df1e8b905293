module quickstart

go 1.25
