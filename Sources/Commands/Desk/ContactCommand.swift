internal import ArgumentParser
import Configuration
import SupportDesk

struct ContactCommand: Command {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "contact",
            abstract: words(
                fr: "Donne les coordonnées de l'assistance et du partenaire.",
                en: "Tell the coordinates of the support desk and of the partner."),
            discussion: words(
                fr: "Ouvert ou fermé en ce moment, et qui appeler. Les coordonnées du partenaire viennent du fichier "
                    + "Gestimum.Partenaire ([desk] partner_file). Le service n'est pas nécessaire.",
                en: "Open or closed now, and whom to call. The partner's coordinates come from the file "
                    + "Gestimum.Partenaire ([desk] partner_file). The daemon is not needed."))
    }

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws -> ExitStatus {
        let known = try context.settings()
        let desk = try KnownDesk(known.settings.desk)
        let configuration = known.path ?? CommandContext.defaultConfigurationFile
        let path = known.settings.desk.partnerFile(beside: configuration)
        let partner: Partner?
        do throws(CommandFailure) {
            partner = try Self.partner(path)
        } catch {
            // The desk's own coordinates are of use all the same.
            context.complain(error)
            partner = nil
        }
        let page = ContactPage(desk, partner: partner, at: context.clock.now)
        if context.json { try context.emit(page.view) } else { page.print(in: context) }
        return .done
    }

    /// nil where there is no such file: not everybody has a partner.
    private static func partner(_ path: String) throws(CommandFailure) -> Partner? {
        guard FileContents.exists(path) else { return nil }
        guard FileContents.isRegular(path) else {
            throw CommandFailure(
                .badInput, code: "unreadable", fr: "\(path) n'est pas un fichier ; corrigez desk.partner_file.",
                en: "\(path) is not a file; correct desk.partner_file.")
        }
        // What is too large for such a file, the parser says in its own words.
        let content = try FileContents.read(path, limit: 4 * PartnerFile.largest)
        do throws(PartnerFileFault) {
            return try PartnerFile.parse(content).partner
        } catch {
            throw CommandFailure(
                .badInput, code: "malformed", fr: "\(path) : \(error.explanation.french)",
                en: "\(path): \(error.explanation.english)")
        }
    }
}
