import Curl
import SupportDesk

extension EasyHandle {
    /// Sets what stays the same for every message of a connection.
    func configure(_ settings: SMTPSettings, _ login: SMTPLogin) throws(CurlError) {
        sockets.limitSilence(to: settings.timeouts.vanished)
        let endpoint = settings.endpoint
        let scheme = endpoint.implicitTLS ? "smtps" : "smtp"
        let hello = (settings.hello ?? "").replacing("[", with: "%5B").replacing("]", with: "%5D")
        try set(.url, "\(scheme)://\(endpoint)/\(hello)")
        try set(.schemes, "smtp,smtps")
        try set(.maximumConnections, 1)
        // For each buffer libcurl takes twice as much again to double dots; beyond 64 KiB in all that is a mapping
        // of memory made and undone for each message.
        try set(.uploadBufferSize, 32 * 1024)
        try set(.useTLS, settings.tls == .required || endpoint.implicitTLS ? .always : .never)
        if let caFile = settings.caFile {
            try set(.certificateAuthorityFile, caFile)
            try set(.certificateAuthorityFolder, nil)
        }
        try set(.connectTimeout, settings.timeouts.connect)
        try set(.replyTimeout, settings.timeouts.reply)
        try set(.timeout, settings.timeouts.total)
        try set(.mailFrom, settings.from.text)
        try login.apply(to: self)
    }
}
