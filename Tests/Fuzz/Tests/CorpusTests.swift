import Foundation
import Testing

@Suite("What reads bytes from outside keeps its promises")
struct CorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Corpora")

    @Test("the inputs that are kept, and every beginning of them", arguments: FuzzTarget.all.map(\.name))
    func corpus(_ name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder.appendingPathComponent(name), includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(throws: Never.self, "\(name)/\(file.lastPathComponent)") { try target.run(bytes) }
            for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 16)) {
                #expect(throws: Never.self, "the first \(length) bytes of \(name)/\(file.lastPathComponent)") {
                    try target.run(Array(bytes.prefix(length)))
                }
            }
        }
    }

    @Test("no input lies where nobody reads it")
    func folders() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
    }
}
