package import Platform

/// The names in the drop zone by how they read, looked up when first needed and then remembered: reports that name
/// files which are not there would otherwise have the whole folder read once for each.
package final class Neighbors {
    private let folder: Folder
    private var byReading: [String: [[UInt8]]]?

    package init(_ folder: Folder) {
        self.folder = folder
    }

    /// The names that differ from one only in capitals or in how accents are encoded.
    func names(like name: String) throws(SystemError) -> [[UInt8]] {
        let known: [String: [[UInt8]]]
        if let byReading {
            known = byReading
        } else {
            // Two strings are equal in Swift when they are canonically equivalent.
            known = Dictionary(grouping: try folder.names()) { String(decoding: $0, as: UTF8.self).lowercased() }
            byReading = known
        }
        return known[name.lowercased()] ?? []
    }
}
