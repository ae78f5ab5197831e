import SupportDesk
import Testing

@Suite("UTF-8 that comes piece by piece")
struct UTF8CheckTests {
    static let texts: [[UInt8]] = [
        [], Array("abc".utf8), Array("é".utf8), Array("a日b😀c".utf8), Array("😀😀".utf8), [0xE9], [0x61, 0x80], [0xC3],
        [0xE2, 0x82],
        [0xF0, 0x9F, 0x98], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80],
        [0x80, 0x80, 0x80, 0x80],
        [0xFF], [0xF0, 0x9F, 0x98, 0x61], [0xC3, 0xC3, 0xA9],
    ]

    @Test("says of any cut what the whole is", arguments: texts)
    func cut(_ text: [UInt8]) {
        let expected = String(validating: text, as: UTF8.self) != nil
        for size in 1...max(1, text.count) {
            var check = UTF8Check()
            for start in stride(from: 0, to: text.count, by: size) {
                check.add(Array(text[start..<min(text.count, start + size)]))
            }
            #expect(check.isValid == expected, "in pieces of \(size)")
        }
    }
}
