import SupportDesk
import Testing

@testable import Commands

/// Text and tables on a terminal that is too narrow for them.
struct WrappingTests {
    private func table(_ rows: [[String]], wraps: Bool = true, indent: Int = 2) -> Table {
        var table = Table(indent: indent)
        table.wraps = wraps
        for row in rows { table.add(row.map { Table.Cell($0) }) }
        return table
    }

    private func lines(_ table: Table, _ width: Int?) -> [String] {
        table.lines(in: Session(width: width).context())
    }

    @Test("No line begins with a mark, nor breaks a number")
    func marks() {
        let text = "Il faut « écrire » : 82 % ; appelez le +33 1 99 00 12 34, ou non ?"
        #expect(
            text.wrapped(to: 18) == ["Il faut", "« écrire » :", "82 % ; appelez le", "+33 1 99 00 12 34,", "ou non ?"])
        #expect("appelez le +33 1 99 00".wrapped(to: 18) == ["appelez le", "+33 1 99 00"])
        #expect("de 9 h à 12 h 30".wrapped(to: 9) == ["de 9 h à", "12 h 30"])
        #expect("a  b".wrapped(to: 4) == ["a  b"])
        #expect("".wrapped(to: 4) == [""])
        #expect("abcdefgh ij".wrapped(to: 4) == ["abcdefgh", "ij"])
    }

    @Test("A long value goes on below itself")
    func values() {
        let rows = [["Name", "one two three four"], ["B", "x"]]
        #expect(lines(table(rows), 17) == ["  Name  one two", "        three", "        four", "  B     x"])
        #expect(lines(table(rows), 80) == ["  Name  one two three four", "  B     x"])
        #expect(lines(table(rows), nil) == lines(table(rows), 80))
        #expect(lines(table(rows, wraps: false), 17) == ["  Name  one two …", "  B     x"])
    }

    @Test("Where a word has no room beside the names, values stand below them")
    func below() {
        let rows = [["Courriel commercial", "a@example.fr"], ["", "b@example.fr"], ["Fax", "1"]]
        #expect(
            lines(table(rows), 30)
                == ["  Courriel commercial", "    a@example.fr", "    b@example.fr", "  Fax", "    1"])
        #expect(lines(table([["one two three", "abcdefgh"]]), 10) == ["  one two", "  three", "    abcdefgh"])
        #expect(lines(table([["abcdefghij klm"]]), 9) == ["  abcdefghij", "  klm"])
        #expect(lines(table([]), 9) == [])
    }

    @Test("Colours do not count as columns, and each line has its own")
    func colour() {
        var table = Table()
        table.wraps = true
        table.add([Table.Cell("Name", .dim), Table.Cell("one two", .red)])
        let context = Session(width: 9, colour: true).context()
        #expect(
            table.lines(in: context) == [
                "\u{1B}[2mName\u{1B}[0m  \u{1B}[31mone\u{1B}[0m", "      \u{1B}[31mtwo\u{1B}[0m",
            ])
    }

    @Test("Pieces stand beside each other, or below")
    func beside() {
        for (width, text) in [
            (nil, "one two  three\n"), (14, "one two  three\n"), (13, "one two\nthree\n"), (5, "one\ntwo\nthree\n"),
        ] {
            let output = Capture()
            let context = Session(width: width).context(output)
            context.print(beside: [Table.Cell("one two", .bold), Table.Cell("three")])
            #expect(output.text == text)
        }
    }
}
