import SupportDesk
import Testing

@Suite("What a wish to be called back may say")
struct CallbackRequestTests {
    private func code(_ change: (inout CallbackRequest) -> Void) -> Reason.Code? {
        var request = CallbackRequest(uid: 1)
        request.license = "12345678"
        change(&request)
        do throws(Rejection) {
            try request.check()
            return nil
        } catch {
            #expect(error.explanation.french != error.explanation.english)
            return error.reason.code
        }
    }

    @Test("plain fields, and a text of several lines")
    func good() {
        #expect(
            code {
                $0.contact = "Zoé Œuvrard"
                $0.email = "zoe@exemple.fr"
                $0.wish = "demain\t14h"
                $0.about = "Deux lignes\nœ€🙂\n"
            } == nil)
    }

    @Test("no field can begin a line of its own, in any output")
    func lines() {
        for bad in ["a\r\nTo: x@y", "a\nb", "a\u{0}", "\u{1B}[31m", "a\u{85}b"] {
            #expect(code { $0.contact = bad } == .unsafeHeader)
            #expect(code { $0.phone = bad } == .unsafeHeader)
            #expect(code { $0.company = bad } == .unsafeHeader)
            #expect(code { $0.wish = bad } == .unsafeHeader)
            #expect(code { $0.license = bad } == .unsafeHeader)
        }
    }

    @Test("nothing is longer than it need be, and an address is one")
    func limits() {
        #expect(code { $0.company = String(repeating: "é", count: 1001) } == .tooLarge)
        #expect(code { $0.about = String(repeating: "a", count: 64_001) } == .tooLarge)
        #expect(code { $0.about = "a\u{0}" } == .binary)
        #expect(code { $0.email = "zoe" } == .badField)
    }
}
