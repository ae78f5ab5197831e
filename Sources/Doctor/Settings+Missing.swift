package import Configuration
import Glibc
import Platform
import SupportDesk

extension Settings {
    /// What the configuration names and the machine does not have. It may come yet, so nothing is refused for it.
    package var missing: [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if let path = licenses.register, access(path, F_OK) != 0, errno == ENOENT {
            problems.append(
                ConfigurationProblem(
                    key: "licenses.register", line: nil,
                    words: Bilingual(
                        fr: "\(path) n'existe pas : aucun rapport ne part avant qu'il soit là.",
                        en: "\(path) does not exist: no report is sent before it is there.")))
        }
        if control.adminGroup != Settings.Control().adminGroup, Users.groupID(control.adminGroup) == nil {
            problems.append(
                ConfigurationProblem(
                    key: "control.admin_group", line: nil,
                    words: Bilingual(
                        fr: "cette machine ne connaît pas le groupe « \(control.adminGroup) » : root et le compte du "
                            + "service administrent seuls ; créez-le (groupadd), ou corrigez son nom.",
                        en: "this machine does not know the group “\(control.adminGroup)”: root and the service's "
                            + "account alone administer; make it (groupadd), or correct its name.")))
        }
        return problems
    }
}
