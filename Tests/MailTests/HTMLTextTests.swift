import Mail
import SupportDesk
import Testing

@Suite("Text out of HTML")
struct HTMLTextTests {
    private func text(_ html: String) throws -> String? {
        try EmlReader.read(Array("From: a@b.fr\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\(html)".utf8)).text
    }

    @Test(
        "lines, paragraphs, lists, tables and entities",
        arguments: [
            ("a<br>b<BR/>c<br />d", "a\nb\nc\nd\n"), ("<p>a</p><p>b</p>", "a\n\nb\n"),
            ("<div>a</div><div>b</div>", "a\nb\n"),
            ("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\nc\n"),
            ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", "a b\nc\n"),
            ("a \n\t  b", "a b\n"), ("<pre>a\n  b</pre>", "a\n  b\n"),
            ("&lt;b&gt; &amp;amp; &#233;&#xE9; &inconnu; & &;", "<b> &amp; éé &inconnu; & &;\n"),
            ("<script>x<b></script>a<style>y</style><!-- <p>z --->b", "ab\n"), ("<SCRIPT type=x>1</Script >a", "a\n"),
            ("1 < 2 et 3 > 2", "1 < 2 et 3 > 2\n"),
            ("<a href='x'>lien</a>, <b>gras</b>.", "lien, gras.\n"), ("a<br><br><br><br>b", "a\n\nb\n"), ("<p", ""),
            ("<!--", ""), ("&#0;&#x110000;&#xD800;a", "\u{0}&#x110000;&#xD800;a\n"),
            ("<!DOCTYPE html><html><body>a</body></html>", "a\n"), ("<o:p>&nbsp;</o:p>a", " a\n"),
        ])
    func layout(_ html: String, _ expected: String) throws {
        #expect(try text(html) == expected)
    }

    @Test(
        "HTML built to be slow is read in one pass",
        arguments: ["<", "<!--", "<script>", "&", "<p", "<p>", "</", "&#x1"])
    func slow(_ piece: String) throws {
        _ = try text(String(repeating: piece, count: 20_000))
    }
}
