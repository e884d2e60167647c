// SPDX-License-Identifier: GPL-3.0-or-later
// A program that uses a private cluster, to be killed by tests:
//
//   private_cluster_holder <data directory>
//
// prints "open" or why it could not, and holds the cluster until its standard input ends.
#include "store/private_cluster.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto cluster = punctual::store::PrivateCluster::open(QCoreApplication::arguments().value(1));
    std::puts(cluster ? "open" : cluster.error().detail.toUtf8().constData());
    std::fflush(stdout);
    if (!cluster)
        return 1;
    while (std::getchar() != EOF) {
    }
    return 0;
}
