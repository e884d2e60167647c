// SPDX-License-Identifier: GPL-3.0-or-later
// One request and its answer on a connection of libmicrohttpd.
//
// Lives in the server's thread from the head of the request until the library says that the exchange has
// ended; what is asked for it while it waits is dropped with it. The connection is suspended while an
// answer is awaited, and a suspended connection never ends, so an answer always finds it.
//
//   begin ──> receive … receive ──> finish ──> answer
//     admission is asked for      the call is made; both may suspend
//
// The library calls receive() again with the same bytes, and finish() again, after a resume.
#pragma once

#include "api/request_handler.h"

#include <microhttpd.h>

#include <optional>

namespace punctual::api
{

class HttpExchange : public QObject
{
    Q_OBJECT

public:
    HttpExchange(RequestHandler& handler, MHD_Connection* connection, const char* method, const char* path);

    /// The head is there.
    MHD_Result begin();
    /// A piece of the body is there; `size` tells what is left of it afterwards.
    MHD_Result receive(const char* bytes, std::size_t& size);
    /// All of the request is there.
    MHD_Result finish();
    /// Answers a suspended exchange that the server does not wait for any longer.
    void abandon();
    /// Ends a body that would go on, after what there is of it.
    void endStream();

Q_SIGNALS:
    void suspended();
    void resumed();
    /// The caller has taken what was there of a body that goes on.
    void progressed();
    /// The connection is to be ended at once.
    void cutOff();

private:
    void refuseBody();
    [[nodiscard]] qint64 declaredLength() const;
    [[nodiscard]] bool comesAnyway() const;
    MHD_Result suspend();
    void resume();
    MHD_Result send(const Response& response);
    [[nodiscard]] MHD_Response* makeStream();
    [[nodiscard]] qsizetype readStream(char* bytes, qsizetype size);

    RequestHandler& m_handler;
    MHD_Connection* m_connection;
    Request m_request;
    std::optional<Admitted> m_admission;
    std::optional<Response> m_response;
    qint64 m_thrownAway = 0; // bytes of a refused body
    std::shared_ptr<BodyStream> m_stream;
    bool m_handled = false;
    bool m_suspended = false;
};

} // namespace punctual::api
