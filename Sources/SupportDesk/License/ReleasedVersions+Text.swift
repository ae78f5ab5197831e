extension ReleasedVersions {
    /// Reads a list of versions: one a line, as in `9.5 build 1155 (19/06/2023)`, with the product and a colon or a
    /// semicolon in front where it is for one product alone; what follows `#` is a comment.
    ///
    /// - Throws: `ReleasedVersionsFault` with all that is wrong; nothing of a broken list is used.
    package static func parse(_ bytes: [UInt8]) throws(ReleasedVersionsFault) -> ReleasedVersions {
        let text: [UInt8]
        do throws(Rejection) {
            text = try TextEncoding.utf8(of: bytes, declared: nil)
        } catch {
            throw ReleasedVersionsFault(flaws: [.init(line: 1, text: error.explanation)])
        }
        var releases: [Release] = []
        var flaws: [FileFlaw] = []
        var lines = Lines(text)
        while let bytes = lines.next() {
            let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self).trimmed
            if line.isEmpty { continue }
            switch release(line) {
            case .success(let release): releases.append(release)
            case .failure(let unread): flaws.append(.init(line: lines.number, text: unread.text))
            }
        }
        if !flaws.isEmpty { throw ReleasedVersionsFault(flaws: flaws) }
        return ReleasedVersions(releases: releases)
    }

    private struct Unread: Error {
        var text: Bilingual

        init(fr french: String, en english: String) {
            text = Bilingual(fr: french, en: english)
        }
    }

    private static func release(_ line: String) -> Result<Release, Unread> {
        let colon = line.unicodeScalars.firstIndex { $0 == ":" || $0 == ";" }
        var product: String?
        var rest = line[...]
        if let colon {
            // `Version : 9.5` names no product.
            let name = line[..<colon].trimmed
            if !VersionReading.isIntroduction(name) {
                if !name.unicodeScalars.contains(where: \.properties.isAlphabetic) {
                    return .failure(
                        Unread(
                            fr: "le nom du produit manque devant le signe « \(line[colon]) »",
                            en: "the name of the product is missing before the sign “\(line[colon])”"))
                }
                product = name
            }
            rest = line[line.unicodeScalars.index(after: colon)...]
        }
        guard let reading = VersionReading(String(rest)) else {
            return .failure(
                Unread(
                    fr: "« \(line.excerpt) » n'est pas une version ; écrivez par exemple 9.5 build 1155 (19/06/2023)",
                    en: "“\(line.excerpt)” is not a version; write for example 9.5 build 1155 (19/06/2023)"))
        }
        // Taken for a word in front, the name would be lost and the version count for every product.
        if !reading.words.isEmpty {
            return .failure(
                Unread(
                    fr: "un deux-points sépare le produit de la version : Gestion Comptable : 9.5 build 1155",
                    en: "a colon stands between the product and the version: Gestion Comptable: 9.5 build 1155"))
        }
        return .success(Release(product: product, version: reading.version))
    }
}

/// A list of versions that is refused, with everything that is wrong with it.
package struct ReleasedVersionsFault: Explained, Hashable {
    /// In the order of the file.
    package let flaws: [FileFlaw]

    package var explanation: Bilingual {
        let listed = flaws.listed
        return Bilingual(
            fr: "La liste des versions est refusée en entier : \(listed.french).",
            en: "The list of versions is refused as a whole: \(listed.english).")
    }
}
