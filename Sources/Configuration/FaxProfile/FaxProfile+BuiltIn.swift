extension FaxProfile {
    /// The services known without a file. The same texts are in `config/fax/`, as examples to copy.
    package static let builtIn = ["interfax": interfax, "sinch": sinch]

    private static let interfax = #"""
        # InterFAX (https://www.interfax.net), par son interface REST. / InterFAX by its REST interface.
        # Un exemple complet : copiez-le pour un autre service et donnez son chemin dans fax.http.profile.
        # A full example: copy it for another service and give its path in fax.http.profile.
        #
        #   [fax]
        #   gateway = "http"
        #   [fax.http]
        #   profile = "interfax"
        #   username = "…"
        #   password_file = "/etc/assistd/interfax-password"

        [service]
        # Ce à quoi les chemins s'ajoutent : https, ou http pour cette machine seule ; fax.http.url passe avant.
        # What paths are appended to: https, or http for this machine alone; fax.http.url comes first.
        url = "https://rest.interfax.net"
        # "basic" (username, password_file), "bearer" (password_file) ou/or "none".
        authentication = "basic"
        # Les questions y sont comptées : une par minute suffit. / Questions are rationed there: one a minute will do.
        poll_interval = "60s"

        # Remplacés / filled in: {e164} {digits} {national} {reference} {attempt} {tag} (référence/essai, reference/attempt)
        # {pages} {retries} (appels en plus du premier / calls after the first) {station} (fax.station_id)
        # {resolution} (fine, standard) ; {secret} dans headers, parts et json seulement / in headers, parts and json alone.
        # Un paramètre qui reste vide n'est pas envoyé. / A parameter that stays empty is not sent.
        [submit]
        method = "POST"
        path = "/outbound/faxes"
        # "document" (le PDF même / the PDF itself), "multipart" ([submit.parts], {document}) ou/or "json" (json = '…',
        # {document_base64}).
        body = "document"
        # Où est le nom du travail : "location" (l'en-tête Location) ou un chemin dans le JSON, comme "id" ou "faxes.0.id".
        # Where the job's name is: "location" (the header) or a path in the JSON, such as "id" or "faxes.0.id".
        job = "location"

        [submit.query]
        faxNumber = "{e164}"
        # Un seul étage recompose : ici, le service. / Only one layer redials: here the service.
        retriesToPerform = "{retries}"
        csid = "{station}"
        reference = "{tag}"
        pageSize = "a4"
        resolution = "{resolution}"
        rendering = "bw"

        # Retrouver un fax dont la réponse s'est perdue : seule compte l'entrée dont « tag » est exactement {tag}.
        # Finding a fax whose answer was lost: only an entry whose "tag" is exactly {tag} counts.
        [find]
        path = "/outbound/search"
        list = ""
        job = "id"
        tag = "subject"

        [find.query]
        reference = "{tag}"

        [poll]
        path = "/outbound/faxes/{job}"
        # Plusieurs chemins se joignent par « / » : "FAILURE/CALL_ERROR/17". / Several paths are joined with "/".
        state = "status"
        pages = "pagesSent"
        total_pages = "pagesSubmitted"
        calls = "attemptsMade"

        # sending | delivered | relayed | uncertain | called_off | refused[:document|number|credit] |
        # not_sent:busy|no_answer|no_fax|no_dialtone|handshake|out_of_time|line, puis des mots / then words.
        # « not_sent » et « refused » : seulement si aucune page n'a pu partir. / Only where surely no page left.
        # Un état inconnu laisse attendre. / An unknown state keeps waiting.
        [poll.states]
        "-22" = "sending no credit left, held for a day"
        "<0" = "sending"
        "0" = "delivered"
        "263" = "not_sent:busy the line is busy"
        "205000" = "refused:credit no credit left"
        # Les autres échecs ne disent pas si une page est partie. / Other failures do not say whether a page left.
        ">0" = "uncertain"

        [cancel]
        method = "POST"
        path = "/outbound/faxes/{job}/cancel"

        # Une question qui ne coûte rien, pour assistctl doctor. / A question that costs nothing, for assistctl doctor.
        [examine]
        path = "/accounts/self/ppcards/balance"

        """#

    private static let sinch = #"""
        # Sinch, interface Fax version 3 (https://developers.sinch.com/docs/fax). / Sinch, Fax API version 3.
        # Les clés sont expliquées dans interfax.toml. / The keys are explained in interfax.toml.
        #
        #   [fax]
        #   gateway = "http"
        #   [fax.http]
        #   profile = "sinch"
        #   url = "https://eu1.fax.api.sinch.com/v3/projects/PROJECT"
        #   username = "KEY"
        #   password_file = "/etc/assistd/sinch-secret"
        #
        # Un essai sans frais : +19898989898. / A trial free of charge: +19898989898.

        [service]
        # L'adresse contient le projet : donnez-la dans fax.http.url. / The address holds the project: give it in fax.http.url.
        authentication = "basic"
        poll_interval = "30s"

        [submit]
        method = "POST"
        path = "/faxes"
        body = "multipart"
        job = "id"

        [submit.parts]
        to = "{e164}"
        file = "{document}"
        resolution = "FINE"
        maxRetries = "{retries}"

        # Pas de [find] : le service ne cherche pas par une marque à nous. / No [find]: there is no search by a tag of ours.

        [poll]
        path = "/faxes/{job}"
        state = ["status", "errorType", "errorCode"]
        text = ["errorMessage"]
        pages = "pagesSentSuccessfully"
        total_pages = "numberOfPages"

        [poll.states]
        "QUEUED*" = "sending"
        "IN_PROGRESS*" = "sending"
        "COMPLETED*" = "delivered"
        "FAILURE/CALL_ERROR/17" = "not_sent:busy the line is busy"
        "FAILURE/CALL_ERROR/19" = "not_sent:no_answer nobody answered"
        "FAILURE/DOCUMENT_CONVERSION_ERROR*" = "refused:document the document could not be converted"
        "FAILURE*" = "uncertain"

        [examine]
        path = "/faxes"

        [examine.query]
        direction = "OUTBOUND"
        pageSize = "1"

        """#
}
