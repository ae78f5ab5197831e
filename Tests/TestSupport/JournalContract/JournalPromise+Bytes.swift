import Foundation
import SupportDesk

extension JournalPromise {
    /// As many bytes, every value among them, the same each time.
    static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    static func bytes(of content: Parcel.Content) throws -> [UInt8] {
        switch content {
        case .bytes(let bytes): bytes
        case .file(let path, _): try Array(Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }
}
