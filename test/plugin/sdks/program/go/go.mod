module languages

go 1.25
