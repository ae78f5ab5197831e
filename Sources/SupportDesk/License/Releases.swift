/// Which versions there are, and who delivers them: what somebody with an older one is told. Pure.
package struct Releases: Hashable, Sendable {
    /// nil where no list is kept here.
    package var versions: ReleasedVersions?
    /// The partner who looks after this machine, where their file is here.
    package var partner: Partner?

    package init(versions: ReleasedVersions? = nil, partner: Partner? = nil) {
        self.versions = versions
        self.partner = partner
    }

    /// That a corrective update exists, and who delivers it; nil where none is known of.
    ///
    /// - Parameters:
    ///   - version: as reported, or as the register has it.
    ///   - name: the partner's, as the register or the report has it.
    package func advice(version: String?, product: String?, partner name: String?) -> Bilingual? {
        guard let versions, let version = version.flatMap({ ProductVersion($0) }),
            let update = versions.update(from: version, product: product)
        else { return nil }
        let source = deliverer(name)
        return Bilingual(
            fr:
                "Une mise à jour corrective de la version \(version.name.french) existe : \(update.name.french). Elle est "
                + "livrée par \(source.french).",
            en:
                "A corrective update of version \(version.name.english) exists: \(update.name.english). It is delivered "
                + "by \(source.english).")
    }

    private func deliverer(_ name: String?) -> Bilingual {
        guard let partner, let own = partner.name.first, name.map({ FieldName.fold($0) == FieldName.fold(own) }) ?? true
        else {
            guard let name else { return Bilingual(fr: "le partenaire", en: "the partner") }
            return Bilingual(fr: "le partenaire \(name)", en: "the partner \(name)")
        }
        let phone = partner.assistance.phones.first ?? partner.phone
        let ways = [phone?.display, partner.assistance.emails.first?.text].compactMap { $0 }
        let reach = ways.isEmpty ? "" : " (\(ways.joined(separator: ", ")))"
        return Bilingual(fr: "le partenaire \(own)\(reach)", en: "the partner \(own)\(reach)")
    }
}
