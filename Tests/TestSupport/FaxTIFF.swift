import Foundation

/// The pages of a TIFF file (TIFF 6.0), as far as a fax needs it.
package enum FaxTIFF {
    package struct Page: Hashable, Sendable {
        package var width = 0
        package var height = 0
        /// Dots per inch, downwards: 98 or 196.
        package var resolution = 0
    }

    /// It is no TIFF file, or one that was cut.
    package struct Malformed: Error {}

    package static func pages(of path: String) throws -> [Page] {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        guard bytes.starts(with: "II*\0".utf8) else { throw Malformed() }

        func number(at offset: Int, _ size: Int) throws -> Int {
            guard offset >= 0, offset + size <= bytes.count else { throw Malformed() }
            return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
        }

        var pages: [Page] = []
        var directory = try number(at: 4, 4)
        while directory != 0, pages.count < 1000 {
            var page = Page()
            let count = try number(at: directory, 2)
            for entry in (0..<count).map({ directory + 2 + 12 * $0 }) {
                let isShort = try number(at: entry + 2, 2) == 3
                let value = try number(at: entry + 8, isShort ? 2 : 4)
                switch try number(at: entry, 2) {
                case 256: page.width = value
                case 257: page.height = value
                // A fraction, elsewhere.
                case 283: page.resolution = try number(at: value, 4) / max(1, number(at: value + 4, 4))
                default: break
                }
            }
            pages.append(page)
            directory = try number(at: directory + 2 + 12 * count, 4)
        }
        return pages
    }
}
