import Configuration
import Glibc
import Platform
import SupportDesk

extension Doctor {
    /// The three folders of the spool.
    func spool() -> [DoctorCheck] {
        var checks: [DoctorCheck] = []
        var devices: [UInt64] = []
        for (name, path) in [
            ("incoming", settings.spool.incoming), ("rejected", settings.spool.rejected),
            ("receipts", settings.spool.receipts),
        ] {
            do throws(FolderState.NotAFolder) {
                let folder = try FolderState(path, on: machine, check: name)
                devices.append(folder.device)
                var found = permissions(of: folder, check: name)
                found += room(in: path, check: name)
                if name == "incoming", folder.isRemote {
                    found.append(remoteDropZone(path))
                }
                if found.isEmpty {
                    found = [.ok(name, fr: "\(path) : en ordre.", en: "\(path): in order.")]
                }
                checks += found
            } catch {
                checks.append(error.check)
            }
        }
        if Set(devices).count > 1 {
            checks.append(
                .fault(
                    "rejected",
                    fr: "les dossiers de \(settings.spool.path) sont sur plusieurs systèmes de fichiers : "
                        + "un rapport refusé ne peut pas être déplacé d'un seul geste.",
                    en: "the folders of \(settings.spool.path) lie on several file systems: a refused report cannot be "
                        + "moved in one step.",
                    mend: Bilingual(
                        fr: "montez un seul système de fichiers sur \(settings.spool.path), pas sur ses sous-dossiers.",
                        en: "mount one file system on \(settings.spool.path), not on the folders in it.")))
        }
        return checks
    }

    private func permissions(of folder: FolderState, check name: String) -> [DoctorCheck] {
        let path = folder.path
        var found: [DoctorCheck] = []
        if !folder.isUsable {
            found.append(
                .fault(
                    name, fr: "\(path) : ce service ne peut pas y lire et écrire.",
                    en: "\(path): this service cannot read and write there.",
                    mend: Bilingual(
                        fr:
                            "« chown assistd:assistd \(path) » ; s'il est ailleurs que sous /var/spool/assistd, ajoutez "
                            + "ReadWritePaths=\(path) au service (systemctl edit assistd).",
                        en: "\"chown assistd:assistd \(path)\"; if it is elsewhere than below /var/spool/assistd, add "
                            + "ReadWritePaths=\(path) to the unit (systemctl edit assistd).")))
        } else if folder.mode & S_ISVTX != 0, folder.owner != geteuid(), geteuid() != 0 {
            found.append(
                .fault(
                    name,
                    fr: "\(path) : ce service ne peut pas en retirer les fichiers des autres (bit collant, autre "
                        + "propriétaire).",
                    en: "\(path): this service cannot take the files of others out of it (sticky bit, another owner).",
                    mend: Bilingual(
                        fr: "« chown assistd \(path) ».", en: "\"chown assistd \(path)\".")))
        }
        if name == "incoming", folder.mode & (S_IWGRP | S_IWOTH) == 0 {
            found.append(
                .warning(
                    name, fr: "\(path) : seul son propriétaire peut y déposer.",
                    en: "\(path): only its owner can drop there.",
                    mend: Bilingual(
                        fr: "« systemd-tmpfiles --create assistd.conf » ouvre /var/spool/assistd/incoming à tous ; "
                            + "ailleurs, « chmod 3773 \(path) ».",
                        en: "\"systemd-tmpfiles --create assistd.conf\" opens /var/spool/assistd/incoming to all; "
                            + "elsewhere, \"chmod 3773 \(path)\".")))
        }
        if folder.mode & S_IWOTH != 0, name != "incoming" {
            found.append(
                .warning(
                    name, fr: "\(path) : tout le monde peut y écrire, et y déposer de faux avis.",
                    en: "\(path): everybody can write there, and leave forged notices.",
                    mend: Bilingual(fr: "« chmod o-w \(path) ».", en: "\"chmod o-w \(path)\".")))
        } else if folder.mode & S_IWOTH != 0, folder.mode & S_ISVTX == 0 {
            found.append(
                .warning(
                    name, fr: "\(path) : chacun peut y retirer ou remplacer les rapports des autres.",
                    en: "\(path): everybody can remove or replace the reports of others.",
                    mend: Bilingual(fr: "« chmod +t \(path) ».", en: "\"chmod +t \(path)\".")))
        }
        return found
    }

    private func remoteDropZone(_ path: String) -> DoctorCheck {
        let interval = settings.spool.rescan.configured
        return .warning(
            "incoming",
            fr: "\(path) est sur un partage réseau, qui ne prévient de rien : les rapports sont vus toutes "
                + "les \(interval).",
            en: "\(path) lies on a network share, which gives no events: reports are seen every \(interval).",
            mend: Bilingual(
                fr: "gardez le dossier sur cette machine et partagez-le, ou réduisez spool.rescan.",
                en: "keep the folder on this machine and share it, or shorten spool.rescan."))
    }

    /// Whether there is room for what may come.
    func room(in folder: String, check name: String) -> [DoctorCheck] {
        guard let room = machine.room(folder) else { return [] }
        let mend = Bilingual(
            fr: "libérez de la place, ou agrandissez ce système de fichiers (df -h \(folder) ; df -i \(folder)).",
            en: "free space, or enlarge this file system (df -h \(folder); df -i \(folder)).")
        let reserve = DiskReserve(bytes: settings.spool.reserve, largest: settings.spool.limits.total)
        let least = UInt64(max(100_000_000, reserve.needed))
        let megabytes = room.bytes / 1_000_000
        if room.bytes < least {
            return [
                .fault(
                    name, fr: "\(folder) : il ne reste que \(megabytes) Mo.",
                    en: "\(folder): only \(megabytes) MB left.",
                    mend: mend)
            ]
        }
        if let files = room.files, files < DiskReserve.files {
            return [
                .fault(
                    name, fr: "\(folder) : on ne peut plus y créer que \(files) fichiers (inodes).",
                    en: "\(folder): only \(files) more files can be made there (inodes).", mend: mend)
            ]
        }
        if room.bytes < 3 * least {
            return [
                .warning(
                    name, fr: "\(folder) : il reste \(megabytes) Mo.", en: "\(folder): \(megabytes) MB left.",
                    mend: mend)
            ]
        }
        return []
    }

    /// Whether the drop zone can be watched.
    func watching() -> [DoctorCheck] {
        let folder = settings.spool.incoming
        let interval = settings.spool.rescan.configured
        switch machine.watch(folder) {
        // That it is missing was said.
        case ENOENT: return []
        case nil:
            return [.ok("inotify", fr: "\(folder) peut être surveillé.", en: "\(folder) can be watched.")]
        case ENOSPC:
            return [
                .warning(
                    "inotify",
                    fr: "la limite de surveillances du noyau est atteinte : les rapports sont vus toutes les "
                        + "\(interval).",
                    en: "the kernel's limit on watches is reached: reports are seen every \(interval).",
                    mend: Bilingual(
                        fr: "« sysctl fs.inotify.max_user_watches=524288 », et la même ligne sous /etc/sysctl.d.",
                        en: "\"sysctl fs.inotify.max_user_watches=524288\", and the same line below /etc/sysctl.d."))
            ]
        case EMFILE:
            return [
                .warning(
                    "inotify",
                    fr: "la limite d'inotify de ce compte est atteinte : les rapports sont vus toutes les "
                        + "\(interval).",
                    en: "this account's limit on inotify is reached: reports are seen every \(interval).",
                    mend: Bilingual(
                        fr: "« sysctl fs.inotify.max_user_instances=1024 », et la même ligne sous /etc/sysctl.d.",
                        en: "\"sysctl fs.inotify.max_user_instances=1024\", and the same line below /etc/sysctl.d."))
            ]
        case .some(let error):
            let reason = SystemError("inotify_add_watch", folder, code: error).reason
            return [
                .warning(
                    "inotify",
                    fr: "\(folder) ne peut pas être surveillé (\(reason.french)) : les rapports sont vus toutes les "
                        + "\(interval).",
                    en: "\(folder) cannot be watched (\(reason.english)): reports are seen every \(interval).",
                    mend: Bilingual(
                        fr: "vérifiez ce dossier ; sur un partage réseau, réduisez spool.rescan.",
                        en: "check this folder; on a network share, shorten spool.rescan."))
            ]
        }
    }
}
