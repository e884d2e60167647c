<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AttemptModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
</context>
<context>
    <name>CancelCommand</name>
    <message>
        <source>There is no such message.</source>
        <translation>没有这条消息。</translation>
    </message>
    <message>
        <source>Cancelled. It will not be sent.</source>
        <translation>已取消，不会发送。</translation>
    </message>
    <message>
        <source>Too late: attempt %1 began at %2.</source>
        <translation>太晚了：第 %1 次尝试已于 %2 开始。</translation>
    </message>
    <message>
        <source>Too late: it is being delivered.</source>
        <translation>太晚了：正在投递。</translation>
    </message>
    <message>
        <source>Too late: it was delivered.</source>
        <translation>太晚了：已经送达。</translation>
    </message>
    <message>
        <source>Not cancelled: it is dead and will not be sent again.</source>
        <translation>未取消：它已彻底失败，不会再发送。</translation>
    </message>
    <message>
        <source>Not cancelled: it expired and will not be sent.</source>
        <translation>未取消：它已过期，不会发送。</translation>
    </message>
    <message>
        <source>Not cancelled: it was sent, and whether it arrived is unknown.</source>
        <translation>未取消：它已发出，是否到达尚不清楚。</translation>
    </message>
    <message>
        <source>Not cancelled.</source>
        <translation>未取消。</translation>
    </message>
    <message>
        <source>Cancel messages that have not left yet</source>
        <translation>取消尚未发出的消息</translation>
    </message>
    <message>
        <source>Why, for the audit</source>
        <translation>原因，写入审计记录</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Print this help and exit</source>
        <translation>显示此帮助并退出</translation>
    </message>
    <message>
        <source>Print the version and exit</source>
        <translation>显示版本并退出</translation>
    </message>
    <message>
        <source>TOML file of settings</source>
        <translation>TOML 设置文件</translation>
    </message>
    <message>
        <source>PostgreSQL to use instead of the private one</source>
        <translation>要使用的 PostgreSQL，代替私有数据库</translation>
    </message>
    <message>
        <source>Directory of the private PostgreSQL and the first token</source>
        <translation>私有 PostgreSQL 和首个令牌所在的目录</translation>
    </message>
    <message>
        <source>Where the REST API listens</source>
        <translation>REST API 的监听地址</translation>
    </message>
    <message>
        <source>debug, info, warning or error</source>
        <translation>debug、info、warning 或 error</translation>
    </message>
    <message>
        <source>How long finished messages are kept, for all nodes of the database</source>
        <translation>已结束的消息保留多久，对数据库的所有节点有效</translation>
    </message>
</context>
<context>
    <name>DecisionCommands</name>
    <message>
        <source>Not resolved: it is %1.</source>
        <translation>未处置：它的状态是 %1。</translation>
    </message>
    <message>
        <source>Resolved: it counts as delivered.</source>
        <translation>已处置：视为已送达。</translation>
    </message>
    <message>
        <source>Resolved: it is sent once more.</source>
        <translation>已处置：将再发送一次。</translation>
    </message>
    <message>
        <source>Resolved: it is dead and will not be sent again.</source>
        <translation>已处置：它已彻底失败，不会再发送。</translation>
    </message>
    <message>
        <source>Restored. It is due at %1.</source>
        <translation>已恢复，将于 %1 到期。</translation>
    </message>
    <message>
        <source>Not restored: it was due meanwhile, or its destination is gone.</source>
        <translation>未恢复：它已经到期，或其目标已不存在。</translation>
    </message>
    <message>
        <source>Not restored: it is %1.</source>
        <translation>未恢复：它的状态是 %1。</translation>
    </message>
    <message>
        <source>There is no such message.</source>
        <translation>没有这条消息。</translation>
    </message>
    <message>
        <source>Why, for the audit</source>
        <translation>原因，写入审计记录</translation>
    </message>
    <message>
        <source>Decide what became of messages that are unknown</source>
        <translation>裁定结果不明（unknown）的消息</translation>
    </message>
    <message>
        <source>is not one of: delivered, retrying, dead</source>
        <translation>不是 delivered、retrying、dead 之一</translation>
    </message>
    <message>
        <source>delivered, retrying or dead</source>
        <translation>delivered（已送达）、retrying（重试）或 dead（彻底失败）</translation>
    </message>
    <message>
        <source>Undo the cancel of messages that are not due yet</source>
        <translation>撤销对尚未到期消息的取消</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Delivers messages at their exact time</source>
        <translation>准时投递消息</translation>
    </message>
    <message>
        <source>Without a window, as punctuald</source>
        <translation>不带窗口，与 punctuald 相同</translation>
    </message>
    <message>
        <source>Only a window: nodes elsewhere deliver</source>
        <translation>仅窗口：由别处的节点投递</translation>
    </message>
</context>
<context>
    <name>DestinationCommands</name>
    <message>
        <source>Added destination %1.</source>
        <translation>已添加目标 %1。</translation>
    </message>
    <message>
        <source>Replaced destination %1.</source>
        <translation>已替换目标 %1。</translation>
    </message>
    <message>
        <source>Removed destination %1.</source>
        <translation>已删除目标 %1。</translation>
    </message>
    <message>
        <source>Paused destination %1 until %2.</source>
        <translation>已暂停目标 %1，直到 %2。</translation>
    </message>
    <message>
        <source>Paused destination %1.</source>
        <translation>已暂停目标 %1。</translation>
    </message>
    <message>
        <source>Resumed destination %1.</source>
        <translation>已恢复目标 %1。</translation>
    </message>
    <message>
        <source>Add a destination, or replace it</source>
        <translation>添加或替换一个目标</translation>
    </message>
    <message>
        <source>Let nothing leave for a destination</source>
        <translation>停止向一个目标发送</translation>
    </message>
    <message>
        <source>Resume by itself then</source>
        <translation>届时自动恢复</translation>
    </message>
    <message>
        <source>Why, for the audit</source>
        <translation>原因，写入审计记录</translation>
    </message>
    <message>
        <source>Add, show and pause destinations</source>
        <translation>添加、查看和暂停目标</translation>
    </message>
    <message>
        <source>List the destinations</source>
        <translation>列出目标</translation>
    </message>
    <message>
        <source>Show a destination</source>
        <translation>查看一个目标</translation>
    </message>
    <message>
        <source>Remove a destination that no message waits for</source>
        <translation>删除没有消息等待的目标</translation>
    </message>
    <message>
        <source>Let messages leave again</source>
        <translation>恢复发送消息</translation>
    </message>
    <message>
        <source>Name of the destination</source>
        <translation>目标的名称</translation>
    </message>
</context>
<context>
    <name>DestinationKeyCommands</name>
    <message>
        <source>parked since %1</source>
        <translation>自 %1 起搁置</translation>
    </message>
    <message>
        <source>next attempt at %1</source>
        <translation>下次尝试于 %1</translation>
    </message>
    <message>
        <source>No key is blocked.</source>
        <translation>没有被阻塞的键。</translation>
    </message>
    <message>
        <source>KEY</source>
        <translation>键</translation>
    </message>
    <message>
        <source>HEAD</source>
        <translation>队首</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>ATTEMPTS</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>WAITING</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>LAST ERROR</source>
        <translation>最近错误</translation>
    </message>
    <message>
        <source>There are more: --cursor %1</source>
        <translation>还有更多：--cursor %1</translation>
    </message>
    <message>
        <source>Released the key %1 of %2.</source>
        <translation>已放行键 %1（目标 %2）。</translation>
    </message>
    <message>
        <source>List the keys whose messages do not go on at once</source>
        <translation>列出消息不能立即继续的键</translation>
    </message>
    <message>
        <source>is not a cursor of an earlier page</source>
        <translation>不是之前某页的游标</translation>
    </message>
    <message>
        <source>Go on after an earlier page</source>
        <translation>接着之前的一页</translation>
    </message>
    <message>
        <source>Rows to give</source>
        <translation>返回的行数</translation>
    </message>
    <message>
        <source>Let a key go on that was parked when its head failed for good</source>
        <translation>放行因队首彻底失败而搁置的键</translation>
    </message>
    <message>
        <source>The ordering key</source>
        <translation>顺序键</translation>
    </message>
    <message>
        <source>Why, for the audit</source>
        <translation>原因，写入审计记录</translation>
    </message>
</context>
<context>
    <name>DestinationOptions</name>
    <message>
        <source>is longer than %1 bytes</source>
        <translation>超过 %1 字节</translation>
    </message>
    <message>
        <source>is not JSON at byte %1: %2</source>
        <translation>在第 %1 字节处不是 JSON：%2</translation>
    </message>
    <message>
        <source>is not a JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>File with the JSON of the REST API, over which options go; - is standard input</source>
        <translation>含 REST API 的 JSON 的文件，其他选项覆盖其内容；- 表示标准输入</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>它的地址</translation>
    </message>
    <message>
        <source>POST, PUT, PATCH, GET or DELETE</source>
        <translation>POST、PUT、PATCH、GET 或 DELETE</translation>
    </message>
    <message>
        <source>Header to send; may be repeated</source>
        <translation>要发送的请求头，可重复</translation>
    </message>
    <message>
        <source>For a whole attempt</source>
        <translation>一次尝试的总时限</translation>
    </message>
    <message>
        <source>Requests in flight on one node</source>
        <translation>单个节点上同时进行的请求数</translation>
    </message>
    <message>
        <source>Use HTTP/2 if the other side has it</source>
        <translation>对方支持时使用 HTTP/2</translation>
    </message>
    <message>
        <source>Let it be on this machine or in a private network</source>
        <translation>允许位于本机或私有网络</translation>
    </message>
    <message>
        <source>When no answer comes: retry, or hold for a person</source>
        <translation>没有应答时：重试（retry），或保留（hold）待人处理</translation>
    </message>
    <message>
        <source>is not of the form %1</source>
        <translation>不符合 %1 的形式</translation>
    </message>
    <message>
        <source>Calls in a span, as in 100/1s or 100/s</source>
        <translation>一段时间内的调用次数，如 100/1s 或 100/s</translation>
    </message>
    <message>
        <source>token_bucket, leaky_bucket, fixed_window, sliding_window or sliding_log</source>
        <translation>token_bucket、leaky_bucket、fixed_window、sliding_window 或 sliding_log</translation>
    </message>
    <message>
        <source>Calls at once, of a token_bucket; the limit by default</source>
        <translation>token_bucket 可一次发出的调用数；默认等于上限</translation>
    </message>
    <message>
        <source>Calls in a period, as in 100000/day</source>
        <translation>一个周期内的调用次数，如 100000/day</translation>
    </message>
    <message>
        <source>In which its periods begin, as in Asia/Singapore; UTC by default</source>
        <translation>周期起算的时区，如 Asia/Singapore；默认 UTC</translation>
    </message>
    <message>
        <source>Leave it alone for a while when it fails</source>
        <translation>对方出故障时暂停调用一段时间（熔断）</translation>
    </message>
    <message>
        <source>Share of failures at which it opens, 0.01 to 1</source>
        <translation>触发熔断的失败比例，0.01 到 1</translation>
    </message>
    <message>
        <source>In the window, before the ratio counts</source>
        <translation>比例生效前窗口内的最少调用数</translation>
    </message>
    <message>
        <source>In which the ratio is counted</source>
        <translation>统计比例的时间窗口</translation>
    </message>
    <message>
        <source>Failures in a row at which it opens</source>
        <translation>触发熔断的连续失败次数</translation>
    </message>
    <message>
        <source>How long it is open at first</source>
        <translation>首次熔断的时长</translation>
    </message>
    <message>
        <source>How long it is open at most</source>
        <translation>熔断的最长时长</translation>
    </message>
    <message>
        <source>Calls that have to succeed before it closes</source>
        <translation>恢复前必须成功的试探调用数</translation>
    </message>
    <message>
        <source>What a failing message does to those behind it of its key: block, skip or park</source>
        <translation>消息失败时同键的后续消息：阻塞（block）、跳过（skip）或搁置（park）</translation>
    </message>
    <message>
        <source>Attempts after which it is skipped, for --order skip</source>
        <translation>尝试多少次后跳过，用于 --order skip</translation>
    </message>
    <message>
        <source>Several messages in one call: json_array or ndjson</source>
        <translation>一次调用发送多条消息：json_array 或 ndjson</translation>
    </message>
    <message>
        <source>In one call</source>
        <translation>一次调用中的条数</translation>
    </message>
    <message>
        <source>For others, from the first one on</source>
        <translation>从第一条起等待其他消息的时间</translation>
    </message>
    <message>
        <source>Before a message is dead</source>
        <translation>消息彻底失败前的次数</translation>
    </message>
    <message>
        <source>exponential, fixed or list</source>
        <translation>exponential、fixed 或 list</translation>
    </message>
    <message>
        <source>Before the second attempt</source>
        <translation>第二次尝试前的等待</translation>
    </message>
    <message>
        <source>By which each further delay is longer</source>
        <translation>之后每次等待加长的倍数</translation>
    </message>
    <message>
        <source>The longest delay</source>
        <translation>最长的等待</translation>
    </message>
    <message>
        <source>Part of a delay that is random, 0 to 1, or full</source>
        <translation>等待中随机的比例，0 到 1，或 full</translation>
    </message>
    <message>
        <source>For the backoff list, as in 1s,10s,5m</source>
        <translation>用于退避 list，如 1s,10s,5m</translation>
    </message>
    <message>
        <source>After the due time, for the last attempt</source>
        <translation>最后一次尝试距到期时间的上限</translation>
    </message>
    <message>
        <source>Status codes worth another attempt, as in 429,5xx</source>
        <translation>值得重试的状态码，如 429,5xx</translation>
    </message>
    <message>
        <source>Status codes that refuse a message</source>
        <translation>表示拒绝消息的状态码</translation>
    </message>
    <message>
        <source>Status codes after which nothing more is sent there</source>
        <translation>出现后不再向其发送的状态码</translation>
    </message>
    <message>
        <source>File with the whsec_... that signs requests; - is standard input</source>
        <translation>含签名密钥 whsec_... 的文件；- 表示标准输入</translation>
    </message>
    <message>
        <source>File with a second one, while receivers change over</source>
        <translation>含第二个签名密钥的文件，用于接收方轮换期间</translation>
    </message>
    <message>
        <source>File with the token for Authorization: Bearer</source>
        <translation>含 Authorization: Bearer 令牌的文件</translation>
    </message>
    <message>
        <source>File in PEM form; only what these have signed is trusted</source>
        <translation>PEM 文件；只信任由其签发的证书</translation>
    </message>
    <message>
        <source>File in PEM form, with its chain</source>
        <translation>PEM 文件，含证书链</translation>
    </message>
    <message>
        <source>File in PEM form, of the client certificate</source>
        <translation>PEM 文件，客户端证书的私钥</translation>
    </message>
    <message>
        <source>Do not verify its certificate: anybody in between can read and change everything</source>
        <translation>不验证其证书：中间的任何人都能读取和篡改一切</translation>
    </message>
</context>
<context>
    <name>DestinationText</name>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>直到 %1</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>, by %1</source>
        <translation>，由 %1</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>METHOD</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Max concurrency</source>
        <translation>最大并发</translation>
    </message>
    <message>
        <source>HTTP/2</source>
        <translation>HTTP/2</translation>
    </message>
    <message>
        <source>Private addresses</source>
        <translation>私有地址</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>RATE LIMIT</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>QUOTA</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>BREAKER</source>
        <translation>熔断器</translation>
    </message>
    <message>
        <source>HELD</source>
        <translation>暂缓</translation>
    </message>
    <message>
        <source>WARNINGS</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Quota used</source>
        <translation>配额已用</translation>
    </message>
    <message>
        <source>Quota lasts</source>
        <translation>配额余量</translation>
    </message>
    <message>
        <source>Breaker is</source>
        <translation>熔断器状态</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>暂缓</translation>
    </message>
    <message>
        <source>It says of itself</source>
        <translation>对方自述</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>Some of the values are not right.</source>
        <translation>有些值不正确。</translation>
    </message>
    <message>
        <source>It does not exist (any more).</source>
        <translation>它不存在，或已不存在。</translation>
    </message>
    <message>
        <source>Its present state does not allow this.</source>
        <translation>它当前的状态不允许这样做。</translation>
    </message>
    <message>
        <source>The database does not know who you are.</source>
        <translation>数据库不认识你的身份。</translation>
    </message>
    <message>
        <source>Your rights do not allow this.</source>
        <translation>你的权限不允许这样做。</translation>
    </message>
    <message>
        <source>It is too large.</source>
        <translation>它太大了。</translation>
    </message>
    <message>
        <source>The database does not answer. Punctual keeps trying.</source>
        <translation>数据库没有应答，Punctual 会继续尝试。</translation>
    </message>
    <message>
        <source>Something on this machine has to be mended first.</source>
        <translation>需要先解决这台机器上的一个问题。</translation>
    </message>
    <message>
        <source>Something went wrong inside Punctual.</source>
        <translation>Punctual 内部出错。</translation>
    </message>
</context>
<context>
    <name>FieldOptions</name>
    <message>
        <source>is not of the form &apos;Name: value&apos;</source>
        <translation>不是“名称: 值”的形式</translation>
    </message>
    <message>
        <source>names %1 twice</source>
        <translation>把 %1 写了两次</translation>
    </message>
</context>
<context>
    <name>ForecastCommand</name>
    <message>
        <source>DESTINATION</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>HOUR</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>DUE</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>ALLOWED</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>LEFT OVER</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>DELAY</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Nothing is due in these hours.</source>
        <translation>这些小时内没有到期的消息。</translation>
    </message>
    <message>
        <source>The quota of %1 runs out at %2.</source>
        <translation>%1 的配额将于 %2 用完。</translation>
    </message>
    <message>
        <source>Compare what is scheduled with what is allowed, hour by hour</source>
        <translation>逐小时比较已安排的与所允许的</translation>
    </message>
    <message>
        <source>Only of this destination</source>
        <translation>仅此目标</translation>
    </message>
    <message>
        <source>How far to look ahead (24)</source>
        <translation>向前看多少小时（24）</translation>
    </message>
</context>
<context>
    <name>Headless</name>
    <message>
        <source>Punctual %1 listens on %2</source>
        <translation>Punctual %1 正在监听 %2</translation>
    </message>
    <message>
        <source>; the admin token is in %1</source>
        <translation>；管理员令牌位于 %1</translation>
    </message>
    <message>
        <source>Delivering</source>
        <translation>投递中</translation>
    </message>
    <message>
        <source>Not delivering: waiting for the database</source>
        <translation>未投递：正在等待数据库</translation>
    </message>
    <message>
        <source>Opening the database</source>
        <translation>正在打开数据库</translation>
    </message>
    <message>
        <source>Stopping: requests in flight finish</source>
        <translation>正在停止：等待进行中的请求完成</translation>
    </message>
</context>
<context>
    <name>InputFile</name>
    <message>
        <source>cannot be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>is longer than %1 bytes</source>
        <translation>超过 %1 字节</translation>
    </message>
    <message>
        <source>is not text in UTF-8</source>
        <translation>不是 UTF-8 文本</translation>
    </message>
</context>
<context>
    <name>Json</name>
    <message>
        <source>a comma or the closing } is missing</source>
        <translation>缺少逗号或右花括号 }</translation>
    </message>
    <message>
        <source>the : between name and value is missing</source>
        <translation>名称与值之间缺少冒号</translation>
    </message>
    <message>
        <source>a comma or the closing ] is missing</source>
        <translation>缺少逗号或右方括号 ]</translation>
    </message>
    <message>
        <source>there is no such escape sequence</source>
        <translation>没有这种转义序列</translation>
    </message>
    <message>
        <source>the closing quotation mark is missing</source>
        <translation>缺少右引号</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>something follows the end of the value</source>
        <translation>值结束之后还有内容</translation>
    </message>
    <message>
        <source>a value is expected here</source>
        <translation>这里应当有一个值</translation>
    </message>
    <message>
        <source>a name in quotation marks is expected here</source>
        <translation>这里应当有带引号的名称</translation>
    </message>
    <message>
        <source>this character has to be escaped</source>
        <translation>这个字符需要转义</translation>
    </message>
</context>
<context>
    <name>LaneText</name>
    <message>
        <source>%1 of %2 until %3</source>
        <translation>%1 / %2，至 %3</translation>
    </message>
    <message>
        <source>used up</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>used up in %1 hours at this pace, at %2</source>
        <translation>按此速度 %1 小时后（%2）用完</translation>
    </message>
    <message>
        <source>open until %1</source>
        <translation>断开至 %1</translation>
    </message>
    <message>
        <source>half_open, being tried again</source>
        <translation>half_open，正在试探</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>直到 %1</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>上限 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>reset at %1</source>
        <translation>于 %1 重置</translation>
    </message>
</context>
<context>
    <name>ListCommand</name>
    <message>
        <source>There are more: --cursor %1, or --all</source>
        <translation>还有更多：--cursor %1，或 --all</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>DUE</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>DESTINATION</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>ATTEMPTS</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>LAST RESULT</source>
        <translation>最近结果</translation>
    </message>
    <message>
        <source>KEY</source>
        <translation>键</translation>
    </message>
    <message>
        <source>%1 is not a state</source>
        <translation>%1 不是一种状态</translation>
    </message>
    <message>
        <source>is not a cursor of an earlier page</source>
        <translation>不是之前某页的游标</translation>
    </message>
    <message>
        <source>List messages, newest due first</source>
        <translation>列出消息，到期最晚的在前</translation>
    </message>
    <message>
        <source>One or more states, with commas</source>
        <translation>一种或多种状态，用逗号分隔</translation>
    </message>
    <message>
        <source>Only of this destination</source>
        <translation>仅此目标</translation>
    </message>
    <message>
        <source>Only with this tag</source>
        <translation>仅带此标签</translation>
    </message>
    <message>
        <source>Only with this ordering key</source>
        <translation>仅带此排序键</translation>
    </message>
    <message>
        <source>Due then or later</source>
        <translation>在此时或之后到期</translation>
    </message>
    <message>
        <source>Due before then</source>
        <translation>在此之前到期</translation>
    </message>
    <message>
        <source>An id, or a part of a key, a tag or an error</source>
        <translation>ID，或者键、标签、错误中的一部分</translation>
    </message>
    <message>
        <source>Go on after an earlier page</source>
        <translation>接着之前的一页</translation>
    </message>
    <message>
        <source>Rows to give</source>
        <translation>返回的行数</translation>
    </message>
    <message>
        <source>Give all of them</source>
        <translation>全部返回</translation>
    </message>
</context>
<context>
    <name>MessageIdOption</name>
    <message>
        <source>%1 is not the id of a message</source>
        <translation>%1 不是消息的 ID</translation>
    </message>
    <message>
        <source>Id of the message</source>
        <translation>消息的 ID</translation>
    </message>
    <message>
        <source>Ids of messages</source>
        <translation>各消息的 ID</translation>
    </message>
</context>
<context>
    <name>MessageState</name>
    <message>
        <source>Scheduled</source>
        <translation>已计划</translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation>重试中</translation>
    </message>
    <message>
        <source>Delivering</source>
        <translation>投递中</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>结果不明</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>彻底失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
</context>
<context>
    <name>MissedCommand</name>
    <message>
        <source>Nothing was missed.</source>
        <translation>没有错过任何消息。</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>PLANNED</source>
        <translation>计划时间</translation>
    </message>
    <message>
        <source>SENT</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>DESTINATION</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>List what left more than a minute late, or expired, as after a sleep of its node</source>
        <translation>列出迟发超过一分钟或已过期的消息，例如节点休眠之后</translation>
    </message>
    <message>
        <source>How far to look back, as in 8h (24h)</source>
        <translation>回溯多长时间，例如 8h（默认 24h）</translation>
    </message>
    <message>
        <source>Rows to give</source>
        <translation>返回的行数</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有应答</translation>
    </message>
</context>
<context>
    <name>Priority</name>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Schedules, finds and cancels messages</source>
        <translation>计划、查找和取消消息</translation>
    </message>
    <message>
        <source>Print JSON for programs, as the REST API does</source>
        <translation>输出供程序使用的 JSON，与 REST API 相同</translation>
    </message>
    <message>
        <source>Exit codes: 0 done; 1 a fault of the program or the installation; 2 wrong arguments or
invalid input; 3 not found; 4 not possible in this state, for instance a cancel that came
too late; 5 the database is away; 6 the self-test found messages that were early, lost or sent
twice.

Without a database setting the private PostgreSQL of this user is used, and started if need be.</source>
        <translation>退出码：0 完成；1 程序或安装出错；2 参数错误或输入无效；3 未找到；
4 当前状态下不可能，例如取消得太晚；5 数据库不可用；6 自检发现消息提前、丢失或重复发送。

未设置数据库时使用此用户的私有 PostgreSQL，必要时启动它。</translation>
    </message>
</context>
<context>
    <name>RuleText</name>
    <message>
        <source>opens at %1 % failures of %2 or more calls in %3, or %4 in a row, for %5 to %6</source>
        <translation>%3 内调用不少于 %2 次且失败达 %1 %，或连续失败 %4 次时断开，持续 %5 到 %6</translation>
    </message>
    <message>
        <source>closes after probes: %1</source>
        <translation>恢复所需试探：%1</translation>
    </message>
    <message>
        <source>after attempts: %1</source>
        <translation>尝试次数：%1</translation>
    </message>
    <message>
        <source>%1, up to %2 messages or %3</source>
        <translation>%1，最多 %2 条或 %3</translation>
    </message>
    <message>
        <source>full</source>
        <translation>full</translation>
    </message>
    <message>
        <source>%1, from %2 to %3, factor %4, jitter %5</source>
        <translation>%1，从 %2 到 %3，倍数 %4，抖动 %5</translation>
    </message>
    <message>
        <source>%1: %2; jitter %3</source>
        <translation>%1：%2；抖动 %3</translation>
    </message>
    <message>
        <source>bearer token</source>
        <translation>bearer 令牌</translation>
    </message>
    <message>
        <source>basic, as %1</source>
        <translation>basic，用户 %1</translation>
    </message>
    <message>
        <source>header %1</source>
        <translation>请求头 %1</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>NOT verified</source>
        <translation>不验证</translation>
    </message>
    <message>
        <source>own CA</source>
        <translation>自有 CA</translation>
    </message>
    <message>
        <source>client certificate</source>
        <translation>客户端证书</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>yes, with two secrets</source>
        <translation>是，使用两个密钥</translation>
    </message>
    <message>
        <source>, burst %1</source>
        <translation>，突发 %1</translation>
    </message>
    <message>
        <source>%1 in %2 (%3)</source>
        <translation>每 %2 %1 次（%3）</translation>
    </message>
    <message>
        <source>%1 a %2 (%3)</source>
        <translation>每 %2 %1 次（%3）</translation>
    </message>
    <message>
        <source>Rate limit</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>Circuit breaker</source>
        <translation>熔断器</translation>
    </message>
    <message>
        <source>When a head fails</source>
        <translation>队首失败时</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Max attempts</source>
        <translation>最多尝试</translation>
    </message>
    <message>
        <source>Backoff</source>
        <translation>退避</translation>
    </message>
    <message>
        <source>Max age</source>
        <translation>最长时限</translation>
    </message>
    <message>
        <source>Retried</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>Stops at</source>
        <translation>停止发送</translation>
    </message>
    <message>
        <source>On unknown</source>
        <translation>结果不明时</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>签名</translation>
    </message>
</context>
<context>
    <name>ScheduleCommand</name>
    <message>
        <source>is only for --at</source>
        <translation>只能与 --at 一起使用</translation>
    </message>
    <message>
        <source>is missing: give --in or --at</source>
        <translation>缺失：请给出 --in 或 --at</translation>
    </message>
    <message>
        <source>cannot be given with a time that has an offset</source>
        <translation>不能与带偏移量的时间一起给出</translation>
    </message>
    <message>
        <source>is not a time zone, as in Europe/Berlin</source>
        <translation>不是时区，应如 Europe/Berlin</translation>
    </message>
    <message>
        <source>is missing: give --body or --body-file</source>
        <translation>缺失：请给出 --body 或 --body-file</translation>
    </message>
    <message>
        <source>The message is not valid.</source>
        <translation>消息无效。</translation>
    </message>
    <message>
        <source>Was scheduled before, for %1: %2</source>
        <translation>之前已计划于 %1：%2</translation>
    </message>
    <message>
        <source>Scheduled for %1: %2</source>
        <translation>已计划于 %1：%2</translation>
    </message>
    <message>
        <source>Schedule a message</source>
        <translation>计划一条消息</translation>
    </message>
    <message>
        <source>Name of the destination</source>
        <translation>目标的名称</translation>
    </message>
    <message>
        <source>From now on, as in 250ms, 5s, 1h30m or 10d</source>
        <translation>从现在起，如 250ms、5s、1h30m 或 10d</translation>
    </message>
    <message>
        <source>As in 2026-12-01 09:00:00.250 or 2026-12-01T09:00:00Z</source>
        <translation>如 2026-12-01 09:00:00.250 或 2026-12-01T09:00:00Z</translation>
    </message>
    <message>
        <source>Time zone of --at, if not this machine&apos;s</source>
        <translation>--at 的时区，若不是本机时区</translation>
    </message>
    <message>
        <source>What to send, verbatim</source>
        <translation>要原样发送的内容</translation>
    </message>
    <message>
        <source>File of what to send; - is standard input</source>
        <translation>要发送内容的文件；- 为标准输入</translation>
    </message>
    <message>
        <source>Found out from the body by default</source>
        <translation>默认根据正文判断</translation>
    </message>
    <message>
        <source>Header to add; may be repeated</source>
        <translation>要添加的请求头，可重复</translation>
    </message>
    <message>
        <source>high, normal or low</source>
        <translation>high、normal 或 low</translation>
    </message>
    <message>
        <source>Ordering key</source>
        <translation>排序键</translation>
    </message>
    <message>
        <source>Tag; may be repeated</source>
        <translation>标签，可重复</translation>
    </message>
    <message>
        <source>How late it may leave</source>
        <translation>最多可以晚多久发出</translation>
    </message>
    <message>
        <source>Instead of the destination&apos;s</source>
        <translation>代替目标的设置</translation>
    </message>
    <message>
        <source>Repeating the command with this key schedules nothing twice</source>
        <translation>用同一个键重复执行命令不会重复计划</translation>
    </message>
</context>
<context>
    <name>SelfTestCommand</name>
    <message>
        <source>Measure how exact and how fast this installation is, in a database of its own that is dropped at the end</source>
        <translation>测量本安装有多准时、多快，使用一个单独的、结束时删除的数据库</translation>
    </message>
    <message>
        <source>Messages that are due already, for the rates</source>
        <translation>用于测量速率的已到期消息数</translation>
    </message>
    <message>
        <source>Messages a second, for the lateness</source>
        <translation>用于测量延迟的每秒消息数</translation>
    </message>
    <message>
        <source>How long, for the lateness</source>
        <translation>测量延迟的时长（秒）</translation>
    </message>
</context>
<context>
    <name>SelfTestReport</name>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>Scheduled, 1000 at a time</source>
        <translation>计划，每批 1000 条</translation>
    </message>
    <message>
        <source>Delivered and recorded</source>
        <translation>投递并记录</translation>
    </message>
    <message>
        <source>LATENESS IN MS</source>
        <translation>延迟（毫秒）</translation>
    </message>
    <message>
        <source>MIN</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>MAX</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>MEAN</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>at the receiver</source>
        <translation>在接收方</translation>
    </message>
    <message>
        <source>by the engine</source>
        <translation>按引擎</translation>
    </message>
    <message>
        <source>WHERE IT CAME FROM</source>
        <translation>延迟来自</translation>
    </message>
    <message>
        <source>mean, in ms</source>
        <translation>平均（毫秒）</translation>
    </message>
    <message>
        <source>Nothing was early, lost or sent twice.</source>
        <translation>没有消息提前、丢失或重复发送。</translation>
    </message>
    <message>
        <source>Not as it should be: %1 early, %2 lost, %3 sent twice, %4 not recorded.</source>
        <translation>不合要求：%1 条提前，%2 条丢失，%3 条重复发送，%4 条未记录。</translation>
    </message>
    <message>
        <source>%1 messages that were due already:</source>
        <translation>%1 条已到期的消息：</translation>
    </message>
    <message>
        <source>%1 messages a second for %2 s:</source>
        <translation>每秒 %1 条消息，持续 %2 秒：</translation>
    </message>
</context>
<context>
    <name>Server</name>
    <message>
        <source>Delivers messages at their exact time, without a window</source>
        <translation>准时投递消息，不带窗口</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>%1 (from %2) is not a known key; the keys are: %3.</source>
        <translation>%1（来自 %2）不是已知的键；可用的键：%3。</translation>
    </message>
    <message>
        <source>%1 (from %2) is not a table, as in [%1].</source>
        <translation>%1（来自 %2）不是表，应写作 [%1]。</translation>
    </message>
    <message>
        <source>%1 (from %2) is not a string in quotes.</source>
        <translation>%1（来自 %2）不是带引号的字符串。</translation>
    </message>
    <message>
        <source>The configuration file %1 cannot be read: %2.</source>
        <translation>无法读取配置文件 %1：%2。</translation>
    </message>
    <message>
        <source>%1:%2 is not TOML: %3.</source>
        <translation>%1:%2 不是 TOML：%3。</translation>
    </message>
    <message>
        <source>is not a PostgreSQL connection string, as in postgresql://user@host/database or host=… dbname=…</source>
        <translation>不是 PostgreSQL 连接字符串，应如 postgresql://user@host/database 或 host=… dbname=…</translation>
    </message>
    <message>
        <source>is empty; it has to be a directory</source>
        <translation>为空；它必须是一个目录</translation>
    </message>
    <message>
        <source>is “%1”, which is not an address and a port, as in 127.0.0.1:8480 or [::1]:8480</source>
        <translation>是“%1”，不是地址加端口，应如 127.0.0.1:8480 或 [::1]:8480</translation>
    </message>
    <message>
        <source>is “%1”, which is not one of: %2</source>
        <translation>是“%1”，不在以下之列：%2</translation>
    </message>
    <message>
        <source>%1 (from %2) %3.</source>
        <translation>%1（来自 %2）%3。</translation>
    </message>
    <message>
        <source>api.tls_certificate and api.tls_key belong together; only one of them is set.</source>
        <translation>api.tls_certificate 与 api.tls_key 必须同时设置；现在只设置了一个。</translation>
    </message>
    <message>
        <source>%1 (from %2) is not a whole number.</source>
        <translation>%1（来自 %2）不是整数。</translation>
    </message>
    <message>
        <source>is “%1”, which is not a number of days from 1 to %2</source>
        <translation>是“%1”，不是 1 到 %2 之间的天数</translation>
    </message>
</context>
<context>
    <name>ShowCommand</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Next attempt</source>
        <translation>下次尝试</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Expires after</source>
        <translation>过期时限</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>最近结果</translation>
    </message>
    <message>
        <source>Cancelled by</source>
        <translation>取消者</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>内容类型</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>ATTEMPT</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>STARTED</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>LATE</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>OUTCOME</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>RESULT</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 bytes that are not text</source>
        <translation>%1 字节，不是文本</translation>
    </message>
    <message>
        <source>Show a message and its attempts</source>
        <translation>查看一条消息及其尝试</translation>
    </message>
</context>
<context>
    <name>Sizes</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n 字节</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusCommand</name>
    <message>
        <source>Database time  %1</source>
        <translation>数据库时间  %1</translation>
    </message>
    <message>
        <source>Backlog        %1</source>
        <translation>待投递      %1</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>MESSAGES</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>NODE</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>SHARDS</source>
        <translation>分片</translation>
    </message>
    <message>
        <source>LAST SEEN</source>
        <translation>最近出现</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>No node is running: nothing is delivered.</source>
        <translation>没有节点在运行：不会投递任何消息。</translation>
    </message>
    <message>
        <source>Show how the installation is doing</source>
        <translation>查看系统的运行状况</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>CLOCK AHEAD</source>
        <translation>时钟超前</translation>
    </message>
</context>
<context>
    <name>TimeText</name>
    <message>
        <source>is not a time, as in 2026-12-01 09:00, 2026-12-01T09:00:00.250 or 2026-12-01T09:00:00Z</source>
        <translation>不是时间，应如 2026-12-01 09:00、2026-12-01T09:00:00.250 或 2026-12-01T09:00:00Z</translation>
    </message>
    <message>
        <source>happens twice in %1, when the clock is put back: give %2 or %3</source>
        <translation>在 %1 因时钟回拨而出现两次：请给出 %2 或 %3</translation>
    </message>
    <message>
        <source>does not exist in %1, where the clock is put forward: give %2 or %3</source>
        <translation>在 %1 因时钟前拨而不存在：请给出 %2 或 %3</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>d MMM yyyy</source>
        <extracomment>A date as in 1 Dec 2026 (QDateTime::toString)</extracomment>
        <translation>yyyy-MM-dd</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>%1后</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>Too late: it is on its way.</source>
        <translation>太晚了：它已在途中。</translation>
    </message>
    <message>
        <source>Too late: attempt %1 began at %2 and is on its way.</source>
        <translation>太晚了：第 %1 次尝试已于 %2 开始，正在途中。</translation>
    </message>
    <message>
        <source>Too late: it has been delivered.</source>
        <translation>太晚了：它已经送达。</translation>
    </message>
    <message>
        <source>Too late: it was delivered at %1.</source>
        <translation>太晚了：它已于 %1 送达。</translation>
    </message>
    <message>
        <source>There is no such message.</source>
        <translation>没有这条消息。</translation>
    </message>
    <message>
        <source>Cancelled. It will not be sent.</source>
        <translation>已取消，不会发送。</translation>
    </message>
    <message>
        <source>Nothing to cancel: it failed for good and is not sent again.</source>
        <translation>无需取消：它已彻底失败，不会再发送。</translation>
    </message>
    <message>
        <source>Nothing to cancel: it expired and will not be sent.</source>
        <translation>无需取消：它已过期，不会发送。</translation>
    </message>
    <message>
        <source>Too late: it was sent and no answer came. Whether it arrived is not known.</source>
        <translation>太晚了：它已发出，但没有应答，是否到达尚不清楚。</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>The destination was paused by %1 until %2. %3</source>
        <translation>目标已被 %1 暂停至 %2。%3</translation>
    </message>
    <message>
        <source>The destination was paused by %1 until somebody resumes it. %2</source>
        <translation>目标已被 %1 暂停，直到有人恢复。%2</translation>
    </message>
    <message>
        <source>Before it: %1. The rate limit lets %2 a second go.</source>
        <translation>它前面有 %1 条；限速每秒放行 %2 条。</translation>
    </message>
    <message>
        <source>The destination was paused by %1 until %2.</source>
        <translation>目标已被 %1 暂停至 %2。</translation>
    </message>
    <message>
        <source>The destination was paused by %1 until somebody resumes it.</source>
        <translation>目标已被 %1 暂停，直到有人恢复。</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>It is due at %1.</source>
        <translation>它将于 %1 到期。</translation>
    </message>
    <message>
        <source>Attempt %1 failed; the next one goes at %2.</source>
        <translation>第 %1 次尝试失败；下一次将于 %2 进行。</translation>
    </message>
    <message>
        <source>No live node owns its shard: start one, or wait for another to take over.</source>
        <translation>没有存活的节点负责它的分片：请启动一个节点，或等待其他节点接管。</translation>
    </message>
    <message>
        <source>An earlier message of its key failed for good: release the key.</source>
        <translation>同一键的前一条消息已彻底失败：请放行该键。</translation>
    </message>
    <message>
        <source>It goes after message %1 of the same key.</source>
        <translation>它排在同一键的消息 %1 之后。</translation>
    </message>
    <message>
        <source>The circuit breaker of the destination is open until %1: %2</source>
        <translation>目标的熔断器断开至 %1：%2</translation>
    </message>
    <message>
        <source>The third party asked to be left alone until %1: %2</source>
        <translation>对方要求在 %1 之前不要调用：%2</translation>
    </message>
    <message>
        <source>The quota of %1 is used up until %2.</source>
        <translation>%1 次的配额已用完，至 %2 重置。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are before it, and the rate limit lets %1 a second go.</source>
        <translation>
            <numerusform>它前面有 %n 条消息，限速每秒放行 %1 条。</numerusform>
        </translation>
    </message>
    <message>
        <source>It goes as soon as the rate limit lets it.</source>
        <translation>限速一放行它就发出。</translation>
    </message>
    <message>
        <source>As many requests are under way as the destination allows: %1.</source>
        <translation>进行中的请求已达目标允许的数量：%1。</translation>
    </message>
    <message>
        <source>The database takes %1 ms for a claim.</source>
        <translation>数据库领取一次消息需要 %1 毫秒。</translation>
    </message>
    <message>
        <source>Nothing is in its way: it leaves now.</source>
        <translation>没有阻碍：正在发出。</translation>
    </message>
    <message>
        <source>It is over: %1.</source>
        <translation>它已结束：%1。</translation>
    </message>
    <message>
        <source>Its request left and no answer came: somebody has to resolve it.</source>
        <translation>请求已发出但没有应答：需要有人裁定。</translation>
    </message>
    <message>
        <source>Attempt %1 is under way since %2.</source>
        <translation>第 %1 次尝试自 %2 起进行中。</translation>
    </message>
</context>
<context>
    <name>WhyCommand</name>
    <message>
        <source>Expected at %1.</source>
        <translation>预计于 %1。</translation>
    </message>
    <message>
        <source>Say why a message has not gone yet, and when it is expected to</source>
        <translation>说明消息为何尚未发出，以及预计何时发出</translation>
    </message>
</context>
<context>
    <name>punctual::ctl::SelfTest</name>
    <message>
        <source>The node does not start.</source>
        <translation>节点没有启动。</translation>
    </message>
    <message>
        <source>Interrupted: there is no result.</source>
        <translation>已中断：没有结果。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::AttemptModel</name>
    <message>
        <source>Attempt</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发出时间</translation>
    </message>
    <message>
        <source>Late by</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>%1 (HTTP %2)</source>
        <translation>%1（HTTP %2）</translation>
    </message>
</context>
<context>
    <name>punctual::ui::BodyView</name>
    <message>
        <source>&amp;Lay out JSON</source>
        <translation>JSON 排版(&amp;L)</translation>
    </message>
    <message>
        <source>Body of the message</source>
        <translation>消息正文</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ComposePage</name>
    <message>
        <source>&amp;Schedule</source>
        <translation>计划(&amp;S)</translation>
    </message>
    <message>
        <source>Show in the &amp;list</source>
        <translation>在列表中显示(&amp;L)</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Ordering key</source>
        <translation>排序键</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>customer-12</source>
        <translation>customer-12</translation>
    </message>
    <message>
        <source>promo, spring</source>
        <translation>促销, 春季</translation>
    </message>
    <message>
        <source>Words to find it by, separated by commas</source>
        <translation>便于查找的词，用逗号分隔</translation>
    </message>
    <message>
        <source>Schedule this message (Ctrl+Enter)</source>
        <translation>计划这条消息（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>排序键(&amp;K)：</translation>
    </message>
    <message>
        <source>Ta&amp;gs:</source>
        <translation>标签(&amp;G)：</translation>
    </message>
    <message>
        <source>&amp;Destination:</source>
        <translation>目标(&amp;D)：</translation>
    </message>
    <message>
        <source>Due:</source>
        <translation>到期：</translation>
    </message>
    <message>
        <source>P&amp;riority:</source>
        <translation>优先级(&amp;R)：</translation>
    </message>
    <message>
        <source>&amp;Payload:</source>
        <translation>内容(&amp;P)：</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Choose a destination.</source>
        <translation>请选择一个目标。</translation>
    </message>
    <message numerus="yes">
        <source>At most %n tag(s).</source>
        <translation>
            <numerusform>最多 %n 个标签。</numerusform>
        </translation>
    </message>
    <message>
        <source>Storing…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Scheduled for %1 (%2), id %3.</source>
        <translation>已计划于 %1（%2），ID %3。</translation>
    </message>
    <message>
        <source>Not scheduled: see the fields above.</source>
        <translation>未计划：请看上面的字段。</translation>
    </message>
    <message>
        <source>Not scheduled. %1</source>
        <translation>未计划。%1</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DestinationCombo</name>
    <message>
        <source>No destination yet</source>
        <translation>还没有目标</translation>
    </message>
    <message>
        <source>%1 (paused)</source>
        <translation>%1（已暂停）</translation>
    </message>
    <message>
        <source>%1 (paused until %2)</source>
        <translation>%1（暂停到 %2）</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DueEditor</name>
    <message>
        <source>&amp;In</source>
        <translation>多久以后(&amp;I)</translation>
    </message>
    <message>
        <source>A&amp;t</source>
        <translation>定时(&amp;T)</translation>
    </message>
    <message>
        <source>Span until it is due</source>
        <translation>距到期的时长</translation>
    </message>
    <message>
        <source>Date and time when it is due</source>
        <translation>到期的日期和时间</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>Which of the two times</source>
        <translation>两个时间中的哪一个</translation>
    </message>
    <message>
        <source>The same time elsewhere</source>
        <translation>其他时区的同一时刻</translation>
    </message>
    <message>
        <source>Give a span such as 5s, 1h30m or 10d.</source>
        <translation>请给出时长，如 5s、1h30m 或 10d。</translation>
    </message>
    <message>
        <source>That is more than %1 ahead.</source>
        <translation>超出了 %1 的上限。</translation>
    </message>
    <message>
        <source>This time happens twice: which one?</source>
        <translation>这个时间出现两次：是哪一个？</translation>
    </message>
    <message>
        <source>The first: %1 (%2)</source>
        <translation>第一个：%1（%2）</translation>
    </message>
    <message>
        <source>The second: %1 (%2)</source>
        <translation>第二个：%1（%2）</translation>
    </message>
    <message>
        <source>There is no time zone of this name.</source>
        <translation>没有这个名称的时区。</translation>
    </message>
    <message>
        <source>This time does not exist in %1: the clocks are put forward over it.</source>
        <translation>这个时间在 %1 不存在：时钟在此前拨。</translation>
    </message>
    <message>
        <source>This time happens twice in %1, because the clocks are put back. Choose which one is meant.</source>
        <translation>由于时钟回拨，这个时间在 %1 出现两次。请选择是哪一个。</translation>
    </message>
    <message>
        <source>This time is past (%1).</source>
        <translation>这个时间已经过去（%1）。</translation>
    </message>
    <message>
        <source>here %1</source>
        <translation>本地 %1</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MainWindow</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>撰写</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New message</source>
        <translation>新建消息(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>消息(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>查看(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Messages</source>
        <translation>消息(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Compose</source>
        <translation>撰写(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>查找(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Punctual</source>
        <translation>关于 Punctual(&amp;A)</translation>
    </message>
    <message>
        <source>The REST API is off. %1</source>
        <translation>REST API 未开启。%1</translation>
    </message>
    <message>
        <source>Waiting for requests that are under way. Close again to cut them.</source>
        <translation>正在等待进行中的请求。再次关闭可立即中断。</translation>
    </message>
    <message>
        <source>About Punctual</source>
        <translation>关于 Punctual</translation>
    </message>
    <message>
        <source>Punctual %1 delivers messages to third-party APIs at their exact time.</source>
        <translation>Punctual %1 准时将消息投递到第三方 API。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageCanceller</name>
    <message>
        <source>Cancel messages</source>
        <translation>取消消息</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n message(s)?</source>
        <translation>
            <numerusform>取消 %n 条消息？</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel the sending</source>
        <translation>取消发送</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cancelled. They will not be sent.</source>
        <translation>
            <numerusform>已取消 %n 条消息，不会发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s): %1</source>
        <translation>
            <numerusform>%n 条消息：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageDetails</name>
    <message>
        <source>&amp;Body</source>
        <translation>正文(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Attempts</source>
        <translation>尝试(&amp;A)</translation>
    </message>
    <message>
        <source>Select a message to see its body and its attempts.</source>
        <translation>选择一条消息以查看正文和各次尝试。</translation>
    </message>
    <message>
        <source>State:</source>
        <translation>状态：</translation>
    </message>
    <message>
        <source>Due:</source>
        <translation>到期：</translation>
    </message>
    <message>
        <source>Next attempt:</source>
        <translation>下次尝试：</translation>
    </message>
    <message>
        <source>Created:</source>
        <translation>创建：</translation>
    </message>
    <message>
        <source>Finished:</source>
        <translation>结束：</translation>
    </message>
    <message>
        <source>Destination:</source>
        <translation>目标：</translation>
    </message>
    <message>
        <source>Key:</source>
        <translation>键：</translation>
    </message>
    <message>
        <source>Tags:</source>
        <translation>标签：</translation>
    </message>
    <message>
        <source>Last result:</source>
        <translation>最近结果：</translation>
    </message>
    <message>
        <source>Id:</source>
        <translation>ID：</translation>
    </message>
    <message>
        <source>Facts about the message</source>
        <translation>消息概况</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>%1, attempt %2 of %3</source>
        <translation>%1，尝试 %2 / %3</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1，操作者：%2</translation>
    </message>
    <message>
        <source>%1 (priority: %2)</source>
        <translation>%1（优先级：%2）</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageFilterBar</name>
    <message>
        <source>All destinations</source>
        <translation>所有目标</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>所有状态</translation>
    </message>
    <message>
        <source>Id, or part of a key, tag or error</source>
        <translation>ID，或者键、标签、错误的一部分</translation>
    </message>
    <message>
        <source>&amp;State:</source>
        <translation>状态(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;Destination:</source>
        <translation>目标(&amp;D)：</translation>
    </message>
    <message>
        <source>Sea&amp;rch:</source>
        <translation>查找(&amp;R)：</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageModel</name>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>When</source>
        <translation>相对时间</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>最近结果</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>late by %1</source>
        <translation>已晚 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>Next attempt: %1</source>
        <translation>下次尝试：%1</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageTable</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessagesPage</name>
    <message>
        <source>&amp;Cancel message</source>
        <translation>取消消息(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;id</source>
        <translation>复制 ID(&amp;I)</translation>
    </message>
    <message>
        <source>There are no messages yet. Schedule the first one with Ctrl+N.</source>
        <translation>还没有消息。按 Ctrl+N 计划第一条。</translation>
    </message>
    <message>
        <source>No message fits this filter.</source>
        <translation>没有符合条件的消息。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::PayloadEditor</name>
    <message>
        <source>It is &amp;JSON</source>
        <translation>这是 JSON(&amp;J)</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Without this the payload is sent as plain text</source>
        <translation>不勾选时内容按纯文本发送</translation>
    </message>
    <message>
        <source>The payload has %1; the limit is %2.</source>
        <translation>内容有 %1；上限为 %2。</translation>
    </message>
    <message>
        <source>There is no JSON here yet.</source>
        <translation>这里还没有 JSON。</translation>
    </message>
    <message>
        <source>Not JSON, line %1, column %2: %3.</source>
        <translation>不是 JSON，第 %1 行第 %2 列：%3。</translation>
    </message>
    <message>
        <source>Valid JSON, %1, sent as it stands.</source>
        <translation>有效的 JSON，%1，原样发送。</translation>
    </message>
    <message>
        <source>Plain text, %1, sent as it stands.</source>
        <translation>纯文本，%1，原样发送。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::SpanEdit</name>
    <message>
        <source>Days, hours, minutes, seconds and milliseconds: 10d, 1h30m, 5s, 250ms</source>
        <translation>天、小时、分钟、秒和毫秒：10d、1h30m、5s、250ms</translation>
    </message>
</context>
<context>
    <name>punctual::ui::StartWindow</name>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Starting the database…</source>
        <translation>正在启动数据库…</translation>
    </message>
    <message>
        <source>The first start on a machine takes a few seconds.</source>
        <translation>在一台机器上首次启动需要几秒钟。</translation>
    </message>
    <message>
        <source>Punctual could not start</source>
        <translation>Punctual 无法启动</translation>
    </message>
</context>
<context>
    <name>punctual::ui::StatusStrip</name>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>待投递</translation>
    </message>
    <message>
        <source>Time of the database</source>
        <translation>数据库的时间</translation>
    </message>
    <message>
        <source>Messages that wait or are on their way</source>
        <translation>等待中或在途中的消息</translation>
    </message>
    <message>
        <source>Database: connecting…</source>
        <translation>数据库：正在连接…</translation>
    </message>
    <message>
        <source>Database: connected</source>
        <translation>数据库：已连接</translation>
    </message>
    <message>
        <source>Backlog: %1</source>
        <translation>待投递：%1</translation>
    </message>
    <message>
        <source>Database: slow to answer</source>
        <translation>数据库：应答缓慢</translation>
    </message>
    <message>
        <source>Database: lost, trying again</source>
        <translation>数据库：连接丢失，正在重试</translation>
    </message>
    <message numerus="yes">
        <source>Attached, %n node(s) running</source>
        <translation>
            <numerusform>仅连接，%n 个节点在运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Attached, no node is running: nothing is sent</source>
        <translation>仅连接，没有节点在运行：不会发送</translation>
    </message>
    <message>
        <source>Node: starting</source>
        <translation>节点：正在启动</translation>
    </message>
    <message>
        <source>Node: ready</source>
        <translation>节点：就绪</translation>
    </message>
    <message>
        <source>Node: not ready, nothing is sent from here</source>
        <translation>节点：未就绪，此处不会发送</translation>
    </message>
    <message>
        <source>Node: finishing its requests</source>
        <translation>节点：正在完成请求</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ViewFrame</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Not up to date. %1</source>
        <translation>内容不是最新的。%1</translation>
    </message>
</context>
</TS>
