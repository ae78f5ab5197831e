import ControlAPI
import UnixSocketHTTP

extension ControlClient {
    /// What an answer that is no success means for whoever asked.
    func refusal(_ answer: UnixSocketAnswer) -> CommandFailure {
        let status: ExitStatus =
            switch answer.status {
            case 400, 413, 415, 422, 431: .badInput
            case 401, 403: .notPermitted
            case 404, 410: .notSo
            default: .tryLater
            }
        if let view = try? ControlAPI.value(ErrorView.self, fromJSON: answer.body) {
            return CommandFailure(status, code: view.error.code, fr: view.error.textFR, en: view.error.text)
        }
        return CommandFailure(
            status, code: "http_\(answer.status)",
            fr: "Le service a répondu \(answer.status) sans explication. Son journal en dit plus : "
                + "« journalctl -u assistd ».",
            en: "The daemon answered \(answer.status) without saying why. Its log says more: "
                + "“journalctl -u assistd”.")
    }

    static func misunderstood(_ error: any Error) -> CommandFailure {
        CommandFailure(
            .tryLater, code: "not_understood",
            fr: "La réponse du service n'est pas comprise (\(error)). assistd et assistctl sont-ils de la même "
                + "version ? Comparez « assistd --version » et « assistctl --version ».",
            en: "The daemon's answer is not understood (\(error)). Are assistd and assistctl of the same version? "
                + "Compare “assistd --version” and “assistctl --version”.")
    }
}

extension CommandFailure {
    /// Why the daemon could not be asked.
    init(_ failure: UnixSocketFailure) {
        let socket = failure.socket
        switch failure.kind {
        case .absent:
            self.init(
                .unreachable, code: "unreachable",
                fr: "Le service assistd ne répond pas : le socket \(socket) n'existe pas. "
                    + "Voyez « systemctl status assistd ».",
                en: "The assistd daemon is not reachable: there is no socket \(socket). See “systemctl status assistd”."
            )
        case .refused:
            self.init(
                .unreachable, code: "unreachable",
                fr: "Le service assistd ne répond pas : personne n'écoute sur \(socket). "
                    + "Voyez « systemctl status assistd ».",
                en: "The assistd daemon is not reachable: nobody listens on \(socket). See “systemctl status assistd”.")
        case .notPermitted:
            self.init(
                .notPermitted, code: "not_permitted",
                fr: "Vous n'avez pas le droit d'ouvrir le socket \(socket). « ls -ld » sur lui et son dossier montre "
                    + "quel groupe le peut ; un administrateur vous y ajoute par « adduser UTILISATEUR GROUPE ».",
                en: "You are not permitted to open the socket \(socket). “ls -ld” on it and its folder shows which "
                    + "group is; an administrator adds you to it with “adduser USER GROUP”.")
        case .timedOut:
            self.init(
                .tryLater, code: "timed_out",
                fr: "Le service assistd n'a pas répondu à temps sur \(socket). Réessayez plus tard ; "
                    + "« systemctl status assistd » dit s'il est surchargé.",
                en: "The assistd daemon did not answer in time on \(socket). Try again later; "
                    + "“systemctl status assistd” says whether it is overloaded.")
        case .stopped:
            self.init(
                .notSo, code: "output_failed", fr: "La sortie ne peut pas être écrite.",
                en: "The output cannot be written.")
        case .broken:
            self.init(
                .unreachable, code: "connection_lost",
                fr:
                    "La liaison avec le service assistd sur \(socket) s'est rompue (\(failure.detail)). La demande a pu "
                    + "être exécutée ou non : vérifiez avec « assistctl status ».",
                en: "The connection to the assistd daemon on \(socket) broke (\(failure.detail)). The request may have "
                    + "been carried out or not: check with “assistctl status”.")
        }
    }
}
