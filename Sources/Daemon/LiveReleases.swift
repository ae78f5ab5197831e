import Configuration
import Platform
import SupportDesk

/// The list of released versions and the partner's file, as they stand on disk now.
final class LiveReleases: Sendable {
    private let versions: ConfiguredFile<ReleasedVersions>
    private let partner: ConfiguredFile<PartnerFile>

    init(_ live: LiveSettings) {
        versions = ConfiguredFile(
            path: { live.current.settings.licenses.versions }, parse: { try ReleasedVersions.parse($0) })
        partner = ConfiguredFile(
            path: { live.current.settings.desk.partnerFile(beside: live.file) }, parse: { try PartnerFile.parse($0) })
    }

    /// What is known now; what is not there or broken is passed over, and `doctor` says so.
    var current: Releases {
        Releases(versions: versions.reading()?.reading.value, partner: partner.reading()?.reading.value?.partner)
    }
}
