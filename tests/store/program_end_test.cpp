// SPDX-License-Identifier: GPL-3.0-or-later
// A program that ends does not clear OpenSSL away, for threads may end in the same moment. Here a program of
// its own, as nothing comes after the end to tell of it but the exit code.
#include "store/connection.h"

#include <QCoreApplication>

#include <openssl/crypto.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const punctual::store::Connection connection({}, QStringLiteral("test"));
    const auto tell = [] {
        std::fputs("OpenSSL was cleared away at the end of the program\n", stderr);
        ::_exit(1);
    };
    // As each library does that uses it.
    const bool used = OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG, nullptr) == 1;
    return used && OPENSSL_atexit(tell) == 1 ? 0 : 2;
}
