import TestSupport
import Testing

@testable import ControlServer

@Suite("Multipart forms")
struct MultipartFormTests {
    private func form(_ body: String, boundary: String = "b") -> MultipartForm? {
        MultipartForm(Array(body.utf8), contentType: "multipart/form-data; boundary=\(boundary)")
    }

    @Test("parts, names and bytes come out as they went in")
    func parts() throws {
        let body = """
            --b\r
            Content-Disposition: form-data; name="report"; filename="é; \\"x\\".txt"\r
            Content-Type: text/plain\r
            \r
            Licence : 1\r
            --b is no delimiter here\r
            \r
            --b\r
            Content-Disposition: form-data; name="attachment"; filename="a.png"\r
            \r
            \r
            --b--\r

            """
        // The second line of the content begins like the delimiter but goes on: it is one by RFC 2046 all the same.
        #expect(form(body) == nil)
        let sound = body.replacing("--b is no", with: "-- b is no")
        let parts = try #require(form(sound)).parts
        #expect(parts.map(\.name) == ["report", "attachment"])
        #expect(parts.map(\.fileName) == ["é; \"x\".txt", "a.png"])
        #expect(parts[0].content.elementsEqual("Licence : 1\r\n-- b is no delimiter here\r\n".utf8))
        #expect(parts[1].content.isEmpty)
    }

    @Test(
        "what is no form is refused",
        arguments: [
            "", "--b", "--b\r\n", "--b\r\n\r\nx\r\n--b--", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"report\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=x\r\n\r\nno end",
        ])
    func unsound(body: String) {
        #expect(form(body) == nil)
    }

    @Test("another type, or no boundary, is no form")
    func types() {
        let body = Array("--b\r\nContent-Disposition: form-data; name=x\r\n\r\ny\r\n--b--".utf8)
        #expect(MultipartForm(body, contentType: "multipart/form-data; boundary=b")?.parts.count == 1)
        #expect(MultipartForm(body, contentType: "multipart/form-data; boundary=\"b\"")?.parts.count == 1)
        #expect(MultipartForm(body, contentType: "multipart/form-data") == nil)
        #expect(MultipartForm(body, contentType: "application/json") == nil)
    }

    @Test("random bytes never do harm", arguments: 0..<200)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["--b", "\r\n", "\r\n\r\n", "--", "Content-Disposition: form-data; name=\"", "\"", ";", "x", "\\"]
        let body = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }
        for part in form(body.joined())?.parts ?? [] { #expect(!part.content.starts(with: "--b\r\n".utf8)) }
    }

    @Test("no more parts than allowed")
    func bound() {
        let part = "--b\r\nContent-Disposition: form-data; name=x\r\n\r\ny\r\n"
        let body = Array((String(repeating: part, count: 101) + "--b--").utf8)
        #expect(MultipartForm(body, contentType: "multipart/form-data; boundary=b") == nil)
    }
}
