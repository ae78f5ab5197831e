import FoundationEssentials

/// Whether another program takes some bytes for JSON.
func isJSON(_ bytes: [UInt8]) -> Bool { (try? JSONDecoder().decode(Anything.self, from: Data(bytes))) != nil }

/// What a program reads in the string of a JSON array; nil where it is none.
func textInJSON(_ bytes: [UInt8]) -> String? { (try? JSONDecoder().decode([String].self, from: Data(bytes)))?.first }

private struct Anything: Decodable {
    init(from decoder: any Decoder) throws {}
}
