/// The versions that were released, as the administrator lists them; from it an update is known.
package struct ReleasedVersions: Hashable, Sendable {
    /// One line of the list.
    package struct Release: Hashable, Sendable {
        /// Nil where the version holds for every product.
        package var product: String?
        package var version: ProductVersion

        package init(product: String? = nil, version: ProductVersion) {
            self.product = product
            self.version = version
        }
    }

    /// In the order of the list.
    package let releases: [Release]

    package init(releases: [Release] = []) {
        self.releases = releases
    }

    /// The newest release of a product, never a beta; nil where the list has none.
    ///
    /// A line counts for a product that has all the words of the line's own (`Gestion Comptable` for `Gestion
    /// Comptable PME`), whatever their case and accents; of these lines those that name most of it. Lines without a
    /// product count where no other does, and they alone for an unknown product.
    package func newest(for product: String? = nil) -> ProductVersion? {
        let asked = Self.words(product)
        var best: (words: Int, version: ProductVersion)?
        for release in releases where !release.version.isBeta {
            let words = Self.words(release.product)
            guard words.isSubset(of: asked), words.count >= best?.words ?? 0 else { continue }
            if let best, best.words == words.count, !release.version.isBetter(than: best.version) { continue }
            best = (words.count, release.version)
        }
        return best?.version
    }

    /// The newest release if it is surely newer than the given version; nil where there is nothing to update to.
    package func update(from version: ProductVersion, product: String? = nil) -> ProductVersion? {
        guard let newest = newest(for: product), version.isOlder(than: newest) else { return nil }
        return newest
    }

    private static func words(_ product: String?) -> Set<String> {
        guard let product else { return [] }
        // Dashes in names come and go: G-Change, GChange.
        let words = product.unicodeScalars.split { $0.isBlank }.map { word in
            FieldName.fold(String(String.UnicodeScalarView(word))).filter { !"-_.()®™".contains($0) }
        }
        return Set(words.filter { !$0.isEmpty })
    }
}

extension ProductVersion {
    /// Newer, or the same with a build that the other does not tell.
    fileprivate func isBetter(than other: ProductVersion) -> Bool {
        if other.isOlder(than: self) { return true }
        return !isOlder(than: other) && other.build == nil && build != nil
    }
}
