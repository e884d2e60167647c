// SPDX-License-Identifier: GPL-3.0-or-later
// Tells ThreadSanitizer what Qt synchronises. Qt and GLib are not built with it, so that it sees none of
// their locks and calls every value a race that crosses threads by them. The functions here go before
// those of the libraries, which are called by them, and name the moments that are in order:
//
//   what was done before an event was posted      comes before   the event is delivered
//   what a thread did                             comes before   QThread::wait() returns
//   what a blocking call did in another thread    comes before   the call returns
//   what was done before a pool got its work      comes before   the work
//   the work of a pool                            comes before   QThreadPool::waitForDone() returns
//
// It also starts processes of Qt past ThreadSanitizer, which would go blind by them. Nothing of our own is
// excused. Only in the preset tsan, in every program.
#include <QCoreApplication>
#include <QThread>
#include <QThreadPool>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <sched.h>
#include <sys/types.h>

#include <cstdarg>
#include <functional>
#include <type_traits>

namespace
{

/// The function of the library that has the name of one here.
template <class Function>
Function* real(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

/// Where the events of the thread that runs are announced; its address is all that is used.
void* ownContext()
{
    static auto* const ofThread = real<void*()>("g_main_context_get_thread_default");
    static auto* const ofProcess = real<void*()>("g_main_context_default");
    void* const context = ofThread();
    return context ? context : ofProcess();
}

bool beforeDelivery(void** data)
{
    __tsan_acquire(ownContext());
    __tsan_acquire(data[1]); // the event itself: posted to a thread that had no queue to be woken yet
    return false;            // the event goes its way
}

[[maybe_unused]] const bool listening =
    QInternal::registerCallback(QInternal::EventNotifyCallback, beforeDelivery);

/// A slot that is called in another thread, and tells `end`, if there is one, that it ended.
class ToldSlot : public QtPrivate::QSlotObjectBase
{
public:
    ToldSlot(QtPrivate::QSlotObjectBase* slot, void* end)
        : QSlotObjectBase(&ToldSlot::run)
        , m_slot(slot)
        , m_end(end)
    {
        __tsan_release(this);
    }

private:
    static void run(int which, QSlotObjectBase* self, QObject* receiver, void** arguments, bool*)
    {
        __tsan_acquire(self);
        auto* const told = static_cast<ToldSlot*>(self);
        if (which == Call) {
            told->m_slot->call(receiver, arguments);
            __tsan_release(self); // whoever destroys it
            if (told->m_end != nullptr)
                __tsan_release(told->m_end);
        } else if (which == Destroy) {
            told->m_slot->destroyIfLastRef();
            delete told;
        }
    }

    QtPrivate::QSlotObjectBase* m_slot;
    void* m_end;
};

} // namespace

// Qt calls it after each event that it put into the queue of a thread.
extern "C" void g_main_context_wakeup(void* context)
{
    static auto* const wakeUp = real<void(void*)>("g_main_context_wakeup");
    __tsan_release(context);
    wakeUp(context);
}

// A thread comes back from it when it was woken, also to leave its loop without an event.
extern "C" int g_main_context_iteration(void* context, int mayBlock)
{
    static auto* const iterate = real<int(void*, int)>("g_main_context_iteration");
    const int dispatched = iterate(context, mayBlock);
    __tsan_acquire(context ? context : ownContext());
    return dispatched;
}

// Qt calls it at the end of each thread, after everything that was to be done there.
extern "C" void g_main_context_pop_thread_default(void* context)
{
    static auto* const pop = real<void(void*)>("g_main_context_pop_thread_default");
    __tsan_release(QThread::currentThread());
    pop(context);
}

void QCoreApplication::postEvent(QObject* receiver, QEvent* event, int priority)
{
    using Post = void(QObject*, QEvent*, int);
    static auto* const post = real<Post>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    __tsan_release(event);
    post(receiver, event, priority);
}

// QProcess starts programs in a child that has the memory of its parent until it is another program. What
// ThreadSanitizer does in a child, which is to see nothing any more, it would do to the parent.
extern "C" int clone(int (*function)(void*), void* stack, int flags, void* argument, ...) noexcept
{
    std::va_list more;
    va_start(more, argument);
    auto* const parent = va_arg(more, pid_t*);
    auto* const storage = va_arg(more, void*);
    auto* const child = va_arg(more, pid_t*);
    va_end(more);
    static void* const libc = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
    using Clone = int(int (*)(void*), void*, int, void*, ...);
    static auto* const unseen = reinterpret_cast<Clone*>(dlsym(libc, "clone"));
    static auto* const seen = real<Clone>("clone");
    return (flags & CLONE_VM ? unseen : seen)(function, stack, flags, argument, parent, storage, child);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    static auto* const waitFor = real<bool(QThread*, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool ended = waitFor(this, deadline);
    if (ended)
        __tsan_acquire(this);
    return ended;
}

void QThreadPool::start(std::function<void()> work, int priority)
{
    using Start = void(QThreadPool*, std::function<void()>, int);
    static auto* const begin = real<Start>("_ZN11QThreadPool5startESt8functionIFvvEEi");
    // Together they fit into what std::function holds itself, which nothing frees in another thread.
    auto* const told = new std::function<void()>(std::move(work));
    __tsan_release(told);
    const auto tell = [told, pool = this] {
        __tsan_acquire(told);
        (*told)();
        delete told;
        __tsan_release(pool);
    };
    static_assert(sizeof(tell) <= 2 * sizeof(void*) && std::is_trivially_copyable_v<decltype(tell)>);
    begin(this, tell, priority);
}

bool QThreadPool::waitForDone(int milliseconds)
{
    static auto* const waitFor = real<bool(QThreadPool*, int)>("_ZN11QThreadPool11waitForDoneEi");
    const bool done = waitFor(this, milliseconds);
    if (done)
        __tsan_acquire(this);
    return done;
}

bool QMetaObject::invokeMethodImpl(QObject* object, QtPrivate::QSlotObjectBase* slot, Qt::ConnectionType type,
                                   void* result)
{
    using Invoke = bool(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*);
    static auto* const invoke = real<Invoke>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    if (type != Qt::BlockingQueuedConnection)
        return invoke(object, new ToldSlot(slot, nullptr), type, result);
    char end = 0;
    const bool done = invoke(object, new ToldSlot(slot, &end), type, result);
    __tsan_acquire(&end);
    return done;
}
