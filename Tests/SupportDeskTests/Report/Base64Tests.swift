import Foundation
import TestSupport
import Testing

@testable import SupportDesk

@Suite("Base64")
struct Base64Tests {
    @Test("what Foundation encodes is decoded, padded or not, in lines or not", arguments: 0..<40)
    func roundTrip(length: Int) {
        var random = SeededGenerator(seed: UInt64(length))
        let bytes = (0..<length * 3).map { _ in UInt8.random(in: 0...255, using: &random) }.dropLast(length % 3)
        let text = Data(bytes).base64EncodedString()
        #expect(Base64.decode(text) == Array(bytes))
        #expect(Base64.decode(text.replacing("=", with: "")) == Array(bytes))
        #expect(Base64.decode(Data(bytes).base64EncodedString(options: .lineLength64Characters)) == Array(bytes))
    }

    @Test(
        "what is not base64 is refused",
        arguments: [
            "A", "AAAAA", "AB==", "AAB=", "AA=", "AAA==", "AAAA=", "A=AA", "AA==AA==", "AA-_", "é", "data:AAAA",
        ])
    func refused(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
