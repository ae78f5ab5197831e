import Configuration
import Glibc
import SupportDesk
import Testing

/// The commented sample, `config/assistd.toml`, is the reference of every key: it must not drift from the program.
@Suite struct SampleTests {
    private static let path =
        "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        + "/config/assistd.toml"

    private let lines: [String]

    init() throws {
        let file = try #require(fopen(Self.path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 100_000)
        let count = fread(&bytes, 1, bytes.count, file)
        lines = try #require(String(validating: bytes[..<count], as: UTF8.self)).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
    }

    @Test("the sample is right as it stands")
    func valid() throws {
        guard case .success(let (settings, warnings)) = Settings.load(file: Self.path) else {
            Issue.record("refused")
            return
        }
        var expected = Settings()
        expected.smtp.url = "smtp://smtp.example.com:587"
        expected.smtp.from = "assistd@example.com"
        #expect(settings == expected)
        #expect(warnings.isEmpty)
    }

    @Test("each default it shows is the program's")
    func defaults() throws {
        let uncommented = lines.map { isKey($0, after: "#") ? String($0.dropFirst()) : $0 }
        #expect(uncommented != lines)
        var expected = Settings()
        expected.smtp.url = "smtp://smtp.example.com:587"
        expected.smtp.from = "assistd@example.com"
        #expect(try parsed(uncommented.joined(separator: "\n")).settings == expected)
    }

    @Test("each example is a value the program would take, as far as it can")
    func examples() {
        for index in lines.indices where isKey(lines[index], after: "##") {
            var one = lines
            one[index] = String(lines[index].dropFirst(2))
            guard case .failure(let fault) = Settings.parse(one.joined(separator: "\n")) else { continue }
            for problem in fault.problems {
                let words = problem.words.english
                #expect(words.contains("is missing") || words.contains("not available"), "\(one[index]): \(words)")
            }
        }
    }

    @Test("it shows every key there is")
    func complete() throws {
        var shown: [String: Set<String>] = [:]
        var section = ""
        for line in lines {
            let bare = line.drop { $0 == "#" }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                section = String(line[line.index(after: line.startIndex)..<end])
            } else if isKey(line, after: "") || isKey(line, after: "#") || isKey(line, after: "##") {
                shown[section, default: []].insert(String(bare.prefix { $0 != " " }))
            }
        }
        // An unknown key that resembles none makes the program list those it knows.
        let all = shown.keys.sorted().map { "[\($0)]\nqqqqqqqqqqqq = 1\n" }.joined()
        guard case .failure(let fault) = Settings.parse(all) else {
            Issue.record("accepted")
            return
        }
        for section in shown.keys {
            let problem = try #require(fault.problems.first { $0.key == section + ".qqqqqqqqqqqq" })
            let list = try #require(problem.words.english.split(separator: " are: ").last).dropLast()
            #expect(Set(list.split(separator: ", ").map(String.init)) == shown[section], "[\(section)]")
        }
        #expect(shown.count == 18)
    }

    private func isKey(_ line: String, after mark: String) -> Bool {
        guard line.hasPrefix(mark) else { return false }
        let rest = line.dropFirst(mark.count)
        let name = rest.prefix { $0.isLetter || $0 == "_" || $0.isNumber }
        return !name.isEmpty && rest.dropFirst(name.count).hasPrefix(" = ")
    }
}
