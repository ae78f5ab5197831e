extension PostfixServer {
    /// Starts Dovecot and Postfix in a folder of their own, says `ready FOLDER`, and stops them when its standard input
    /// ends. Its arguments are ports: the sink's, relay, submission, submissions, and one for each stranger.
    ///
    /// Postfix's master is started without the `postfix` command, which looks after an installation and takes seconds;
    /// both programs close every possible descriptor, hence the limit.
    static let script = #"""
        exec 2>&1
        ulimit -n 1024
        D=$(mktemp -d /tmp/postfix.XXXXXX) || exit 1
        dovecot=
        stop() {
            [ -s "$D/queue/pid/master.pid" ] && kill "$(tr -d ' ' <"$D/queue/pid/master.pid")"
            [ -n "$dovecot" ] && kill "$dovecot" && wait "$dovecot"
            rm -rf "$D"
        }
        trap stop EXIT
        trap 'exit 1' HUP INT TERM PIPE
        umask 022
        chmod 755 "$D"
        cd "$D" || exit 1
        mkdir etc data dovecot queue
        chown postfix data
        (
            cd queue || exit 1
            mkdir incoming active bounce defer deferred flush hold trace corrupt private public saved pid maildrop
            chown postfix incoming active bounce defer deferred flush hold trace corrupt private public saved
            chmod 700 incoming active bounce defer deferred flush hold trace corrupt private saved
            chgrp postdrop public
            chmod 710 public
        )

        key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        openssl req -x509 $key -days 2 -subj "/CN=Test authority" -keyout ca.key -out ca.pem 2>/dev/null
        openssl req $key -subj /CN=localhost -keyout key.pem -out request.pem 2>/dev/null
        echo subjectAltName=DNS:localhost >names
        openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names \
            -out cert.pem 2>/dev/null || { echo "openssl made no certificate"; exit 1; }

        openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -days -1 -extfile names -out expired.pem 2>/dev/null
        printf '[ca]\ndefault_ca=a\n[a]\ndatabase=index\nnew_certs_dir=.\nserial=ca.srl\ndefault_md=sha256\npolicy=p\n' >ca.conf
        printf '[p]\ncommonName=supplied\n' >>ca.conf
        : >index
        openssl ca -batch -config ca.conf -cert ca.pem -keyfile ca.key -in request.pem -extfile names \
            -startdate 20400101000000Z -enddate 20420101000000Z -notext -out future.pem 2>/dev/null
        openssl req -x509 -key key.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
            -out own.pem 2>/dev/null || { echo "openssl made no strange certificates"; exit 1; }

        printf 'marie:{PLAIN}S\303\251same!\n' >users
        cat >dovecot.conf <<END
        base_dir = $D/dovecot
        state_dir = $D/dovecot
        log_path = $D/dovecot.log
        protocols =
        ssl = no
        auth_mechanisms = plain login
        disable_plaintext_auth = no
        auth_failure_delay = 0 secs
        passdb {
          driver = passwd-file
          args = username_format=%u $D/users
        }
        userdb {
          driver = static
          args = uid=65534 gid=65534 home=/nonexistent
        }
        service auth {
          unix_listener $D/auth {
            mode = 0666
          }
        }
        service stats {
          chroot =
        }
        END
        cat >etc/main.cf <<END
        compatibility_level = 3.6
        queue_directory = $D/queue
        data_directory = $D/data
        maillog_file = $D/log
        maillog_file_prefixes = $D
        myhostname = postfix.test
        mydestination =
        mynetworks = 127.0.0.0/8
        inet_protocols = ipv4
        inet_interfaces = 127.0.0.1
        alias_maps =
        relayhost = [127.0.0.1]:$1
        smtp_host_lookup = native
        smtp_connection_cache_on_demand = no
        smtp_line_length_limit = 0
        disable_mime_output_conversion = yes
        local_header_rewrite_clients =
        smtpd_peername_lookup = no
        smtpd_relay_restrictions = permit_sasl_authenticated, reject
        smtpd_client_connection_rate_limit = 0
        message_size_limit = 2000000
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = $D/auth
        smtpd_tls_cert_file = $D/cert.pem
        smtpd_tls_key_file = $D/key.pem
        smtpd_tls_security_level = may
        END
        relay="-o smtpd_relay_restrictions=permit_mynetworks,reject"
        cat >etc/master.cf <<END
        127.0.0.1:$2 inet n - n - - smtpd $relay
        127.0.0.1:$3 inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
        127.0.0.1:$4 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
        127.0.0.1:$5 inet n - n - - smtpd $relay -o smtpd_tls_cert_file=$D/expired.pem
        127.0.0.1:$6 inet n - n - - smtpd $relay -o smtpd_tls_cert_file=$D/future.pem
        127.0.0.1:$7 inet n - n - - smtpd $relay -o smtpd_tls_cert_file=$D/own.pem
        127.0.0.1:$8 inet n - n - - smtpd $relay -o smtpd_tls_protocols=TLSv1.1
            -o tls_medium_cipherlist=ALL:@SECLEVEL=0
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        smtp unix - - n - - smtp
        error unix - - n - - error
        retry unix - - n - - error
        discard unix - - n - - discard
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        proxymap unix - - n - - proxymap
        postlog unix-dgram n - n - 1 postlogd
        END
        dovecot -F -c "$D/dovecot.conf" </dev/null >/dev/null &
        dovecot=$!
        "$(postconf -c "$D/etc" -h daemon_directory)/master" -w -c "$D/etc" </dev/null >/dev/null ||
            { cat "$D/log" "$D/dovecot.log"; exit 1; }
        # The logins must be there before anybody tries one.
        for try in 1 2 3 4 5 6 7 8 9 10; do [ -S "$D/auth" ] && break; sleep 0.2; done
        echo "ready $D"
        cat >/dev/null
        """#
}
