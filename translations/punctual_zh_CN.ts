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
    <name>AttemptResult</name>
    <message>
        <source>429</source>
        <translation>429</translation>
    </message>
    <message>
        <source>5xx</source>
        <translation>5xx</translation>
    </message>
    <message>
        <source>Other status</source>
        <translation>其他状态码</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source>Worth another attempt</source>
        <translation>可再次尝试的失败</translation>
    </message>
</context>
<context>
    <name>AuditCommand</name>
    <message>
        <source>TIME</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>WHO</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>FROM</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>WHAT</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>OBJECT</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>WHY</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Seal %1 of %2 is broken: entries %3 to %4 are not what it was made for (%5 then, %6 now).</source>
        <translation>%2 的第 %1 号封签已被破坏：条目 %3 到 %4 与封签生成时不符（当时 %5 条，现在 %6 条）。</translation>
    </message>
    <message>
        <source>No seal has the hash that was asked for: the audit was cut off or sealed anew.</source>
        <translation>没有封签具有所要求的哈希：审计记录被截断或被重新封签。</translation>
    </message>
    <message>
        <source>All %1 entries under %2 seals are as they were written.</source>
        <translation>%2 个封签下的全部 %1 条记录均与写入时一致。</translation>
    </message>
    <message>
        <source>Last seal: %1 of %2, hash %3</source>
        <translation>最新封签：%2 的第 %1 号，哈希 %3</translation>
    </message>
    <message>
        <source>Show who changed what, the newest first</source>
        <translation>查看谁改了什么，最新的在前</translation>
    </message>
    <message>
        <source>Only of this token or person</source>
        <translation>仅此令牌或人员的更改</translation>
    </message>
    <message>
        <source>Only these changes, as in cancel</source>
        <translation>仅这些更改，如 cancel</translation>
    </message>
    <message>
        <source>Only of these: message, destination, token, settings</source>
        <translation>仅这些对象：message、destination、token、settings</translation>
    </message>
    <message>
        <source>Only of this id or name</source>
        <translation>仅此 ID 或名称</translation>
    </message>
    <message>
        <source>Only from there: rest, window, command line, sql</source>
        <translation>仅此来源：rest、window、command line、sql</translation>
    </message>
    <message>
        <source>How far to look back, as in 8h</source>
        <translation>回溯多长时间，例如 8h</translation>
    </message>
    <message>
        <source>Rows to give</source>
        <translation>返回的行数</translation>
    </message>
    <message>
        <source>Who changed what</source>
        <translation>谁改了什么</translation>
    </message>
    <message>
        <source>Work all seals out anew: whatever was changed since shows</source>
        <translation>重新计算所有封签：此后的任何改动都会显现</translation>
    </message>
    <message>
        <source>Of a seal, noted earlier and elsewhere: it has to be there</source>
        <translation>之前另行记下的封签哈希：它必须存在</translation>
    </message>
    <message>
        <source>The entries under the first %1 of them are gone by the audit&apos;s retention.</source>
        <translation>其中前 %1 个封签下的条目已按审计保留期删除。</translation>
    </message>
</context>
<context>
    <name>BackupCommands</name>
    <message>
        <source>%1 holds the database, %2 bytes. The key of its secrets is not in it: keep secret.key of the data directory as well, in another place.</source>
        <translation>%1 包含数据库，共 %2 字节。其中不含密封用的密钥：请将数据目录中的 secret.key 另行保存在别处。</translation>
    </message>
    <message numerus="yes">
        <source>The database is that of the backup, with %n message(s) that are not over.</source>
        <translation>
            <numerusform>数据库已恢复为备份的内容，其中有 %n 条未结束的消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>What was sent or cancelled after the backup was made waits in it again. So all destinations are paused: look at what is due, cancel what has gone already, then &quot;punctualctl destination resume&quot; each of them. Tokens that were revoked since then are valid again.</source>
        <translation>备份之后已发送或已取消的消息会在其中重新等待，因此所有目标都已暂停：请查看即将到期的消息，取消已经发送过的，然后逐个执行 &quot;punctualctl destination resume&quot;。此后撤销的令牌重新有效。</translation>
    </message>
    <message>
        <source>Copy the database of the private PostgreSQL into a file</source>
        <translation>将私有 PostgreSQL 的数据库复制到文件</translation>
    </message>
    <message>
        <source>A file that does not exist yet</source>
        <translation>尚不存在的文件</translation>
    </message>
    <message>
        <source>Put a backup in the place of the database; nothing is sent until destinations are resumed</source>
        <translation>用备份替换数据库；恢复目标之前不会发送任何消息</translation>
    </message>
    <message>
        <source>What &quot;backup&quot; wrote</source>
        <translation>&quot;backup&quot; 写出的文件</translation>
    </message>
    <message>
        <source>Lose what the database holds now</source>
        <translation>放弃数据库现有的内容</translation>
    </message>
    <message>
        <source>Leave destinations as they were in the backup: what is due in it is sent, even if it was sent before</source>
        <translation>目标保持备份时的状态：其中到期的消息会被发送，即使之前已发送过</translation>
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
    <name>ConfigCommand</name>
    <message>
        <source>%1 and the environment are fine.</source>
        <translation>%1 和环境变量都没有问题。</translation>
    </message>
    <message>
        <source>There is no configuration file; the environment is fine.</source>
        <translation>没有配置文件；环境变量没有问题。</translation>
    </message>
    <message>
        <source>The settings of this machine</source>
        <translation>这台机器的设置</translation>
    </message>
    <message>
        <source>Judge every key of the file, the environment and the flags</source>
        <translation>检查文件、环境变量和命令行选项中的每个键</translation>
    </message>
</context>
<context>
    <name>DeadLettersCommand</name>
    <message>
        <source>There are no dead letters.</source>
        <translation>没有死信。</translation>
    </message>
    <message>
        <source>FINGERPRINT</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>COUNT</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>LATEST</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>DESTINATION</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>STATUS</source>
        <translation>状态码</translation>
    </message>
    <message>
        <source>ERROR</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>There are more: --cursor %1</source>
        <translation>还有更多：--cursor %1</translation>
    </message>
    <message>
        <source>List dead letters in groups that failed alike</source>
        <translation>按相同的失败原因分组列出死信</translation>
    </message>
    <message>
        <source>is not a cursor of an earlier page</source>
        <translation>不是之前某页的游标</translation>
    </message>
    <message>
        <source>Only of this destination</source>
        <translation>仅此目标</translation>
    </message>
    <message>
        <source>Go on after an earlier page</source>
        <translation>接着之前的一页</translation>
    </message>
    <message>
        <source>Groups to give</source>
        <translation>返回的组数</translation>
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
    <name>DelayBand</name>
    <message>
        <source>nothing due</source>
        <translation>无到期</translation>
    </message>
    <message>
        <source>on time</source>
        <translation>准时</translation>
    </message>
    <message>
        <source>under 1 min</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>under 10 min</source>
        <translation>不到 10 分钟</translation>
    </message>
    <message>
        <source>under 1 h</source>
        <translation>不到 1 小时</translation>
    </message>
    <message>
        <source>under 6 h</source>
        <translation>不到 6 小时</translation>
    </message>
    <message>
        <source>6 h and more</source>
        <translation>6 小时及以上</translation>
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
    <message>
        <source>Opens the dashboard</source>
        <translation>打开仪表盘</translation>
    </message>
    <message>
        <source>The dashboard alone on the whole screen; Esc leaves it</source>
        <translation>全屏只显示仪表盘；按 Esc 退出</translation>
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
    <name>DestinationHealth</name>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Nothing was sent there in five minutes.</source>
        <translation>五分钟内没有向它发送过。</translation>
    </message>
    <message>
        <source>%1 % of the attempts of five minutes did not deliver.</source>
        <translation>五分钟内的尝试有 %1 % 未送达。</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Some fail</source>
        <translation>部分失败</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>闭合</translation>
    </message>
    <message>
        <source>open</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>half open</source>
        <translation>半开</translation>
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
    <name>DestinationTestCommand</name>
    <message>
        <source>The test is not valid.</source>
        <translation>测试无效。</translation>
    </message>
    <message>
        <source>It has left and no answer has come yet: message %1.</source>
        <translation>已发出，尚无应答：消息 %1。</translation>
    </message>
    <message>
        <source>It did not leave and will not: message %1 is taken back.</source>
        <translation>未发出，也不会再发出：消息 %1 已撤回。</translation>
    </message>
    <message>
        <source>It works.</source>
        <translation>测试成功。</translation>
    </message>
    <message>
        <source>It failed.</source>
        <translation>测试失败。</translation>
    </message>
    <message>
        <source>Status %1.</source>
        <translation>状态码 %1。</translation>
    </message>
    <message>
        <source>It took %1 ms and left %2 ms after it was due: message %3.</source>
        <translation>耗时 %1 毫秒，到期后 %2 毫秒发出：消息 %3。</translation>
    </message>
    <message>
        <source>Send a test message now and tell what came of it</source>
        <translation>立即发送一条测试消息并报告结果</translation>
    </message>
    <message>
        <source>What to send</source>
        <translation>要发送的内容</translation>
    </message>
    <message>
        <source>Send what is in this file; - is standard input</source>
        <translation>发送此文件的内容；- 表示标准输入</translation>
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
        <source>Why, for the audit</source>
        <translation>原因，写入审计记录</translation>
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
    <name>Detail</name>
    <message>
        <source>is not one of: delivered, retrying, dead</source>
        <translation>不是以下之一：delivered、retrying、dead</translation>
    </message>
    <message>
        <source>is not before until</source>
        <translation>不早于 until</translation>
    </message>
    <message>
        <source>is more than 366 days before until</source>
        <translation>比 until 早 366 天以上</translation>
    </message>
    <message>
        <source>is more than a minute, but not a whole number of them</source>
        <translation>超过一分钟，但不是整分钟数</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>is not one JSON value</source>
        <translation>不是一个 JSON 值</translation>
    </message>
    <message>
        <source>is less than open_ms</source>
        <translation>小于 open_ms</translation>
    </message>
    <message>
        <source>cannot be given together with due_at</source>
        <translation>不能与 due_at 同时给出</translation>
    </message>
    <message>
        <source>has more than %1 tags</source>
        <translation>标签多于 %1 个</translation>
    </message>
    <message>
        <source>has a tag that is empty or longer than 100 characters</source>
        <translation>有标签为空或超过 100 个字符</translation>
    </message>
    <message>
        <source>is not base64</source>
        <translation>不是 base64</translation>
    </message>
    <message>
        <source>has %1 bytes; the limit is %2</source>
        <translation>有 %1 字节；上限为 %2</translation>
    </message>
    <message>
        <source>is not whsec_ and the base64 of 24 to 64 bytes</source>
        <translation>不是 whsec_ 加 24 至 64 字节的 base64</translation>
    </message>
    <message>
        <source>has control characters</source>
        <translation>含有控制字符</translation>
    </message>
    <message>
        <source>has other characters than visible ASCII</source>
        <translation>含有可见 ASCII 以外的字符</translation>
    </message>
    <message>
        <source>is the placeholder of a hidden value; give the value itself</source>
        <translation>是隐藏值的占位符；请给出值本身</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>is missing: a client certificate and its key belong together</source>
        <translation>缺失：客户端证书与其密钥必须一起给出</translation>
    </message>
    <message>
        <source>is nothing without a signing_secret</source>
        <translation>没有 signing_secret 时不起作用</translation>
    </message>
    <message>
        <source>is only for an https URL</source>
        <translation>仅用于 https URL</translation>
    </message>
    <message>
        <source>is not one of: %1</source>
        <translation>不是以下之一：%1</translation>
    </message>
    <message>
        <source>needs a method whose requests have a body</source>
        <translation>需要请求带正文的方法</translation>
    </message>
    <message>
        <source>cannot be removed</source>
        <translation>不能移除</translation>
    </message>
    <message>
        <source>is not a URL with a host, as in https://api.example.com/hook</source>
        <translation>不是带主机的 URL，例如 https://api.example.com/hook</translation>
    </message>
    <message>
        <source>has another scheme than http and https</source>
        <translation>协议不是 http 或 https</translation>
    </message>
    <message>
        <source>has a fragment, which is never sent</source>
        <translation>含有片段（#…），它从不会被发送</translation>
    </message>
    <message>
        <source>is given without anything to send</source>
        <translation>已给出，但没有要发送的内容</translation>
    </message>
    <message>
        <source>is not a string</source>
        <translation>不是字符串</translation>
    </message>
    <message>
        <source>is not a number from %1 to %2</source>
        <translation>不是 %1 到 %2 之间的数</translation>
    </message>
    <message>
        <source>is not a whole number from %1 to %2</source>
        <translation>不是 %1 到 %2 之间的整数</translation>
    </message>
    <message>
        <source>is neither true nor false</source>
        <translation>既不是 true 也不是 false</translation>
    </message>
    <message>
        <source>is not an array of strings</source>
        <translation>不是字符串数组</translation>
    </message>
    <message>
        <source>is not an object</source>
        <translation>不是对象</translation>
    </message>
    <message>
        <source>has a value that is not a string</source>
        <translation>有值不是字符串</translation>
    </message>
    <message>
        <source>is not a known field</source>
        <translation>不是已知字段</translation>
    </message>
    <message>
        <source>is not a name of 1 to 63 letters, digits, dots, dashes and underscores that begins with a letter or a digit</source>
        <translation>不是由 1 至 63 个字母、数字、点、连字符和下划线组成且以字母或数字开头的名称</translation>
    </message>
    <message>
        <source>is not a valid header name</source>
        <translation>不是有效的请求头名称</translation>
    </message>
    <message>
        <source>is set by Punctual and cannot be given</source>
        <translation>由 Punctual 设置，不能给出</translation>
    </message>
    <message>
        <source>has control characters, outer spaces or characters beyond Latin-1</source>
        <translation>含有控制字符、首尾空格或 Latin-1 以外的字符</translation>
    </message>
    <message>
        <source>is only for on_failure skip</source>
        <translation>仅用于 on_failure 为 skip 时</translation>
    </message>
    <message>
        <source>is given here and in retry</source>
        <translation>在此处和 retry 中都已给出</translation>
    </message>
    <message>
        <source>is missing: give one of payload, body and body_base64</source>
        <translation>缺失：请给出 payload、body、body_base64 之一</translation>
    </message>
    <message>
        <source>is longer than %1 characters</source>
        <translation>超过 %1 个字符</translation>
    </message>
    <message>
        <source>has a value that is not a state</source>
        <translation>有值不是状态</translation>
    </message>
    <message>
        <source>is null</source>
        <translation>为 null</translation>
    </message>
    <message>
        <source>is not a time zone of this machine, such as Asia/Singapore</source>
        <translation>不是本机的时区，例如 Asia/Singapore</translation>
    </message>
    <message>
        <source>is only for the algorithm token_bucket</source>
        <translation>仅用于 token_bucket 算法</translation>
    </message>
    <message>
        <source>is more than %1, the most of a sliding_log</source>
        <translation>超过 %1，即 sliding_log 的上限</translation>
    </message>
    <message>
        <source>is more than 50 a millisecond, too many to space evenly</source>
        <translation>每毫秒超过 50 次，无法均匀分布</translation>
    </message>
    <message>
        <source>is only for the backoff list</source>
        <translation>仅用于 list 退避方式</translation>
    </message>
    <message>
        <source>is not an array of 1 to 100 whole numbers from 0 to 864000000</source>
        <translation>不是由 1 至 100 个 0 到 864000000 之间的整数组成的数组</translation>
    </message>
    <message>
        <source>is neither a number from 0 to 1 nor &quot;full&quot;</source>
        <translation>既不是 0 到 1 之间的数，也不是 &quot;full&quot;</translation>
    </message>
    <message>
        <source>is not an array of status codes from 300 to 599, &quot;3xx&quot;, &quot;4xx&quot; and &quot;5xx&quot;</source>
        <translation>不是由 300 到 599 的状态码、&quot;3xx&quot;、&quot;4xx&quot; 和 &quot;5xx&quot; 组成的数组</translation>
    </message>
    <message>
        <source>has a status that %1 has too</source>
        <translation>有状态码在 %1 中也有</translation>
    </message>
    <message>
        <source>is not an RFC 3339 time with an offset, as in 2026-12-01T09:00:00Z</source>
        <translation>不是带偏移量的 RFC 3339 时间，例如 2026-12-01T09:00:00Z</translation>
    </message>
    <message>
        <source>is a time that does not exist</source>
        <translation>是一个不存在的时间</translation>
    </message>
    <message>
        <source>is not a span of time, as in 250ms, 5s, 1h30m or 10d</source>
        <translation>不是时间长度，例如 250ms、5s、1h30m 或 10d</translation>
    </message>
    <message>
        <source>is longer than %1 bytes</source>
        <translation>超过 %1 字节</translation>
    </message>
    <message>
        <source>is not PEM: -----BEGIN CERTIFICATE-----, base64, -----END CERTIFICATE-----</source>
        <translation>不是 PEM：-----BEGIN CERTIFICATE-----、base64、-----END CERTIFICATE-----</translation>
    </message>
    <message>
        <source>holds something else than certificates</source>
        <translation>含有证书以外的内容</translation>
    </message>
    <message>
        <source>is encrypted; give the key without a passphrase</source>
        <translation>已加密；请给出不带口令的密钥</translation>
    </message>
    <message>
        <source>is not PEM: -----BEGIN PRIVATE KEY-----, base64, -----END PRIVATE KEY-----</source>
        <translation>不是 PEM：-----BEGIN PRIVATE KEY-----、base64、-----END PRIVATE KEY-----</translation>
    </message>
    <message>
        <source>does not hold one private key</source>
        <translation>不含恰好一个私钥</translation>
    </message>
    <message>
        <source>has a value that is not the result of an attempt</source>
        <translation>有值不是尝试的结果</translation>
    </message>
</context>
<context>
    <name>DoctorCommand</name>
    <message>
        <source>%1 does not exist yet.</source>
        <translation>%1 尚不存在。</translation>
    </message>
    <message>
        <source>The first start makes it.</source>
        <translation>首次启动时会创建它。</translation>
    </message>
    <message>
        <source>%1 cannot be written to.</source>
        <translation>%1 无法写入。</translation>
    </message>
    <message>
        <source>Run this as its owner, %1.</source>
        <translation>请以其所有者 %1 的身份运行。</translation>
    </message>
    <message>
        <source>The data directory is %1.</source>
        <translation>数据目录是 %1。</translation>
    </message>
    <message>
        <source>Others than its owner may read %1.</source>
        <translation>所有者以外的用户可以读取 %1。</translation>
    </message>
    <message>
        <source>chmod 600 %1</source>
        <translation>chmod 600 %1</translation>
    </message>
    <message>
        <source>%1 MiB are free on %2.</source>
        <translation>%2 上有 %1 MiB 可用空间。</translation>
    </message>
    <message>
        <source>Make room: a full disk stops PostgreSQL.</source>
        <translation>请腾出空间：磁盘满会使 PostgreSQL 停止。</translation>
    </message>
    <message>
        <source>The clock of %1 is %2 ms ahead of the database&apos;s.</source>
        <translation>%1 的时钟比数据库快 %2 毫秒。</translation>
    </message>
    <message>
        <source>Nothing is early or late by that, but run NTP on both.</source>
        <translation>消息不会因此提前或延迟，但请在两边都运行 NTP。</translation>
    </message>
    <message>
        <source>No node is running: nothing is delivered.</source>
        <translation>没有节点在运行：不会投递任何消息。</translation>
    </message>
    <message>
        <source>systemctl start punctuald, or start punctuald or punctual.</source>
        <translation>systemctl start punctuald，或启动 punctuald 或 punctual。</translation>
    </message>
    <message>
        <source>Only %1 of 64 shards have a node.</source>
        <translation>64 个分片中只有 %1 个有节点负责。</translation>
    </message>
    <message>
        <source>That is so for seconds after a node has ended; look again.</source>
        <translation>节点结束后的几秒内会这样；请稍后再看。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) deliver.</source>
        <translation>
            <numerusform>%n 个节点正在投递。</numerusform>
        </translation>
    </message>
    <message>
        <source>The database answers; it has %1 MiB.</source>
        <translation>数据库有应答；大小为 %1 MiB。</translation>
    </message>
    <message>
        <source>%1 of %2 connections to PostgreSQL are taken.</source>
        <translation>PostgreSQL 的 %2 个连接已占用 %1 个。</translation>
    </message>
    <message>
        <source>Raise max_connections.</source>
        <translation>请调高 max_connections。</translation>
    </message>
    <message>
        <source>A transaction has been open for %1.</source>
        <translation>有一个事务已打开 %1。</translation>
    </message>
    <message>
        <source>It holds back vacuum, and that slows everything: find it in pg_stat_activity by xact_start.</source>
        <translation>它会阻碍 vacuum，拖慢一切：请在 pg_stat_activity 中按 xact_start 查找。</translation>
    </message>
    <message>
        <source>The circuit breaker of %1 is open.</source>
        <translation>%1 的熔断器已断开。</translation>
    </message>
    <message>
        <source>punctualctl destination show %1</source>
        <translation>punctualctl destination show %1</translation>
    </message>
    <message>
        <source>%1 is paused.</source>
        <translation>%1 已暂停。</translation>
    </message>
    <message>
        <source>punctualctl destination resume %1</source>
        <translation>punctualctl destination resume %1</translation>
    </message>
    <message>
        <source>The log of the private PostgreSQL is in %1/cluster/log.</source>
        <translation>私有 PostgreSQL 的日志在 %1/cluster/log 中。</translation>
    </message>
    <message>
        <source>Try database.url with psql from this machine.</source>
        <translation>请在这台机器上用 psql 试连 database.url。</translation>
    </message>
    <message>
        <source>The login of database.url needs the role punctual_viewer.</source>
        <translation>database.url 的登录用户需要角色 punctual_viewer。</translation>
    </message>
    <message>
        <source>Mend the setting.</source>
        <translation>请修正该设置。</translation>
    </message>
    <message>
        <source>The settings are fine.</source>
        <translation>设置没有问题。</translation>
    </message>
    <message>
        <source>Look for what is wrong with this installation and say how to mend it</source>
        <translation>检查系统有什么问题，并说明如何解决</translation>
    </message>
    <message>
        <source>%1 sends nothing to %2: %3</source>
        <translation>%1 不向 %2 发送任何消息：%3</translation>
    </message>
    <message>
        <source>Mend that on its machine, the file of secret keys say, and start it again.</source>
        <translation>请在其机器上修复该问题（例如密钥文件），然后重新启动它。</translation>
    </message>
</context>
<context>
    <name>DueNotes</name>
    <message>
        <source>There it is %1, at night.</source>
        <translation>当地时间为 %1，正值夜间。</translation>
    </message>
    <message>
        <source>There it is %1.</source>
        <translation>当地时间为 %1。</translation>
    </message>
    <message>
        <source>The clocks in %1 are put forward by %2 on %3, before it is due.</source>
        <translation>%1 的时钟将在到期之前（%3）前拨 %2。</translation>
    </message>
    <message>
        <source>The clocks in %1 are put back by %2 on %3, before it is due.</source>
        <translation>%1 的时钟将在到期之前（%3）回拨 %2。</translation>
    </message>
</context>
<context>
    <name>EditCommand</name>
    <message>
        <source>is for a single message</source>
        <translation>仅用于单条消息</translation>
    </message>
    <message>
        <source>The change is not valid.</source>
        <translation>更改无效。</translation>
    </message>
    <message>
        <source>There is no such message.</source>
        <translation>没有这条消息。</translation>
    </message>
    <message>
        <source>Not changed: somebody else changed it meanwhile.</source>
        <translation>未更改：在此期间已被他人更改。</translation>
    </message>
    <message>
        <source>Not changed: it is %1, and only what waits can be.</source>
        <translation>未更改：它的状态是 %1，只有等待中的消息才能更改。</translation>
    </message>
    <message>
        <source>Changed. It is due at %1.</source>
        <translation>已更改，将于 %1 到期。</translation>
    </message>
    <message>
        <source>Change messages that wait: their due time, priority or content</source>
        <translation>更改等待中的消息：到期时间、优先级或内容</translation>
    </message>
    <message>
        <source>Due so long from now</source>
        <translation>从现在起多久到期</translation>
    </message>
    <message>
        <source>Due then</source>
        <translation>到期时间</translation>
    </message>
    <message>
        <source>high, normal or low</source>
        <translation>high、normal 或 low</translation>
    </message>
    <message>
        <source>Send this instead</source>
        <translation>改为发送此内容</translation>
    </message>
    <message>
        <source>Send what is in this file; - is standard input</source>
        <translation>发送此文件的内容；- 表示标准输入</translation>
    </message>
    <message>
        <source>With another content type</source>
        <translation>使用另一种内容类型</translation>
    </message>
    <message>
        <source>Header instead of those it had; may be repeated</source>
        <translation>请求头，代替原有的请求头，可重复</translation>
    </message>
    <message>
        <source>Without headers of its own</source>
        <translation>不带自己的请求头</translation>
    </message>
    <message>
        <source>Tag instead of those it had; may be repeated</source>
        <translation>标签，代替原有的标签，可重复</translation>
    </message>
    <message>
        <source>Without tags</source>
        <translation>不带标签</translation>
    </message>
    <message>
        <source>How late it may leave</source>
        <translation>最多可以晚多久发出</translation>
    </message>
    <message>
        <source>However late</source>
        <translation>无论多晚都发出</translation>
    </message>
    <message>
        <source>How many attempts in all</source>
        <translation>总共尝试的次数</translation>
    </message>
    <message>
        <source>Why, for the audit</source>
        <translation>原因，写入审计记录</translation>
    </message>
    <message>
        <source>Only if it still has this &quot;version&quot;, as --json shows it</source>
        <translation>仅当其 &quot;version&quot; 仍为此值时更改，值见 --json 的输出</translation>
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
    <name>ExportCommand</name>
    <message>
        <source>Write messages to standard output, one a line, newest due first</source>
        <translation>将消息写到标准输出，每行一条，到期最晚的在前</translation>
    </message>
    <message>
        <source>ndjson, as the REST API writes them, or csv (ndjson)</source>
        <translation>ndjson（与 REST API 的写法相同）或 csv（默认 ndjson）</translation>
    </message>
    <message>
        <source>With body and headers; only for ndjson</source>
        <translation>包含正文和请求头；仅用于 ndjson</translation>
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
    <message>
        <source>%1 is not a JSON object</source>
        <translation>%1 不是 JSON 对象</translation>
    </message>
</context>
<context>
    <name>ForecastAdvice</name>
    <message numerus="yes">
        <source>From %1 to %2 %3 has %n message(s) already</source>
        <translation>
            <numerusform>%1 至 %2，%3 已有 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>: there is room for yours.</source>
        <translation>，还有余量容纳你的消息。</translation>
    </message>
    <message>
        <source>: yours would leave up to %1 late.</source>
        <translation>，你的消息最多会晚 %1 发出。</translation>
    </message>
    <message>
        <source>There is room from %1 on.</source>
        <translation>从 %1 起有余量。</translation>
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
    <name>Health</name>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>No node is running: nothing is sent. Start punctuald, or this window with its own engine.</source>
        <translation>没有节点在运行：不会发送任何消息。请启动 punctuald，或启动自带引擎的本窗口。</translation>
    </message>
    <message>
        <source>%1 of 64 shards have a node. The others are taken over within five seconds.</source>
        <translation>64 个分片中有 %1 个有节点负责，其余的会在五秒内被接管。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) own all 64 shards.</source>
        <translation>
            <numerusform>%n 个节点负责全部 64 个分片。</numerusform>
        </translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>The clock of %1 is wrong by %2. Messages leave by the database&apos;s clock, but logs do not: set up NTP there.</source>
        <translation>%1 的时钟偏差 %2。消息按数据库的时钟发出，但日志不是：请在那里设置 NTP。</translation>
    </message>
    <message>
        <source>All agree with the database&apos;s to less than a second.</source>
        <translation>都与数据库的时钟相差不到一秒。</translation>
    </message>
    <message>
        <source>%1 rows, %2 old versions of rows</source>
        <translation>%1 行，%2 个旧行版本</translation>
    </message>
    <message>
        <source>cleaned up %1</source>
        <translation>%1清理过</translation>
    </message>
    <message>
        <source>not cleaned up yet</source>
        <translation>尚未清理过</translation>
    </message>
    <message>
        <source>Table of the queue</source>
        <translation>队列表</translation>
    </message>
    <message>
        <source>%1, %2. Too many old versions make claims slow: look for a long transaction below, and whether autovacuum is on.</source>
        <translation>%1，%2。旧版本过多会使领取变慢：请查看下方是否有长事务，以及 autovacuum 是否已开启。</translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <translation>%1，%2。</translation>
    </message>
    <message>
        <source>Oldest transaction</source>
        <translation>最早的事务</translation>
    </message>
    <message>
        <source>Shorter than a minute.</source>
        <translation>不到一分钟。</translation>
    </message>
    <message>
        <source>Open for %1 by %2 of %3 (process %4%5). As long as it is open nothing is cleaned up: end it there, or with SELECT pg_terminate_backend(%4).</source>
        <translation>已打开 %1，来自 %3 的 %2（进程 %4%5）。只要它还打开，就无法清理：请在那里结束它，或使用 SELECT pg_terminate_backend(%4)。</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>一个程序</translation>
    </message>
    <message>
        <source>, idle</source>
        <translation>，空闲</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>%1 % of the room for them is taken: a session listens and does not read. End the oldest one that is idle in a transaction.</source>
        <translation>通知空间已占用 %1 %：有会话只监听而不读取。请结束最早的、在事务中空闲的会话。</translation>
    </message>
    <message>
        <source>%1 % of the room for them is taken.</source>
        <translation>通知空间已占用 %1 %。</translation>
    </message>
    <message>
        <source>%1 of %2 are taken</source>
        <translation>%2 个中已占用 %1 个</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>%1. Close programs that are not needed, or raise max_connections.</source>
        <translation>%1。请关闭不需要的程序，或调高 max_connections。</translation>
    </message>
    <message>
        <source>%1 sends nothing to %2: %3</source>
        <translation>%1 不向 %2 发送任何消息：%3</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Every node has what it needs to send to them.</source>
        <translation>每个节点都具备向它们发送所需的一切。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>以及其他 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdempotencyOption</name>
    <message>
        <source>Repeating the command with this key does nothing twice</source>
        <translation>用同一个键重复该命令，不会做两次</translation>
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
    <name>Keyring</name>
    <message>
        <source>The key ring has no such password.</source>
        <translation>密钥环中没有这个密码。</translation>
    </message>
    <message>
        <source>The key ring of your session cannot be used: %1</source>
        <translation>无法使用您会话的密钥环：%1</translation>
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
    <message>
        <source>With an attempt that ended then or later</source>
        <translation>有尝试在此时或之后结束</translation>
    </message>
    <message>
        <source>With an attempt that ended before then</source>
        <translation>有尝试在此时之前结束</translation>
    </message>
    <message>
        <source>%1 is not the result of an attempt</source>
        <translation>%1 不是尝试的结果</translation>
    </message>
    <message>
        <source>What such an attempt came to, with commas: delivered, refused, too_many_requests, server_error, other_answer, no_connection, no_answer</source>
        <translation>该次尝试的结果，用逗号分隔：delivered、refused、too_many_requests、server_error、other_answer、no_connection、no_answer</translation>
    </message>
</context>
<context>
    <name>LoadAdvice</name>
    <message>
        <source>This fills %1 to %2 at %3: %4 are due there already, with these it is %5.</source>
        <translation>这将占用 %3 的 %1 至 %2：那里已有 %4 条到期，加上这些共 %5 条。</translation>
    </message>
    <message>
        <source>It has no limit in this time.</source>
        <translation>这段时间内没有限制。</translation>
    </message>
    <message>
        <source>It allows %1.</source>
        <translation>允许 %1 条。</translation>
    </message>
    <message>
        <source>There is room.</source>
        <translation>还有余量。</translation>
    </message>
    <message>
        <source>That is too much: up to %1 would be left over at the end of an hour.</source>
        <translation>太多了：一小时结束时最多会剩下 %1 条。</translation>
    </message>
    <message>
        <source>They are not all gone as far as the forecast looks.</source>
        <translation>在预测范围内无法全部发出。</translation>
    </message>
    <message>
        <source>The last would leave about %1 late.</source>
        <translation>最后一条大约会晚 %1 发出。</translation>
    </message>
</context>
<context>
    <name>ManualCommand</name>
    <message>
        <source>Print what completes commands and options in bash</source>
        <translation>输出 bash 的命令和选项补全脚本</translation>
    </message>
    <message>
        <source>Print the page of the manual for man</source>
        <translation>输出供 man 使用的手册页</translation>
    </message>
    <message>
        <source>Print the page of punctuald</source>
        <translation>输出 punctuald 的手册页</translation>
    </message>
</context>
<context>
    <name>MessageFile</name>
    <message>
        <source>It has %1; punctualctl takes files of any size.</source>
        <translation>文件有 %1；punctualctl 可处理任意大小的文件。</translation>
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
    <name>MessageSource</name>
    <message>
        <source>is not a JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>is not JSON: %1</source>
        <translation>不是 JSON：%1</translation>
    </message>
    <message>
        <source>is not text in UTF-8 with its quotes in pairs</source>
        <translation>不是引号成对的 UTF-8 文本</translation>
    </message>
    <message>
        <source>has %1 fields, but the first line names %2</source>
        <translation>有 %1 个字段，但第一行给出了 %2 个字段名</translation>
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
    <name>OperationCommands</name>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>CREATED</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>ACTION</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>DONE</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>BY</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>VERDICTS</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>There are more: --cursor %1</source>
        <translation>还有更多：--cursor %1</translation>
    </message>
    <message>
        <source>List operations, the newest first</source>
        <translation>列出批量操作，最新的在前</translation>
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
        <source>Why, for the audit</source>
        <translation>原因，写入审计记录</translation>
    </message>
    <message>
        <source>Until it is over; else exit code 4</source>
        <translation>等待结束；未完成时退出码为 4</translation>
    </message>
    <message>
        <source>Change many messages at once</source>
        <translation>一次更改多条消息</translation>
    </message>
    <message>
        <source>Show how far an operation has got</source>
        <translation>查看批量操作的进度</translation>
    </message>
    <message>
        <source>Abort an operation; what it did stays</source>
        <translation>中止批量操作；已做的更改保留</translation>
    </message>
    <message>
        <source>Restore what a cancel cancelled, cancel what a replay scheduled, or move back what a reschedule moved</source>
        <translation>恢复取消操作所取消的消息、取消重放操作所计划的消息，或移回改期操作所移动的消息</translation>
    </message>
</context>
<context>
    <name>OperationItemsCommand</name>
    <message>
        <source>PLACE</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>MESSAGE</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>VERDICT</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>CHANGED</source>
        <translation>更改时间</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>重放</translation>
    </message>
    <message>
        <source>WAS DUE</source>
        <translation>原到期时间</translation>
    </message>
    <message>
        <source>There are more: --cursor %1</source>
        <translation>还有更多：--cursor %1</translation>
    </message>
    <message>
        <source>List what an operation did to which message</source>
        <translation>列出批量操作对每条消息做了什么</translation>
    </message>
    <message>
        <source>Only those of this verdict, such as cancelled or not_found</source>
        <translation>仅此结果，如 cancelled 或 not_found</translation>
    </message>
    <message>
        <source>Go on after an earlier page</source>
        <translation>接着之前的一页</translation>
    </message>
    <message>
        <source>Rows to give</source>
        <translation>返回的行数</translation>
    </message>
</context>
<context>
    <name>OperationStartCommand</name>
    <message>
        <source>is missing: name what is meant, or say --all</source>
        <translation>缺失：请指明范围，或使用 --all</translation>
    </message>
    <message>
        <source>The operation is not valid.</source>
        <translation>批量操作无效。</translation>
    </message>
    <message numerus="yes">
        <source>It would take %n message(s). Nothing was changed.</source>
        <translation>
            <numerusform>将涉及 %n 条消息。没有做任何更改。</numerusform>
        </translation>
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
        <source>Of a group of dead-letters</source>
        <translation>dead-letters 中某一组的指纹</translation>
    </message>
    <message>
        <source>cancel, replay, reschedule, resolve or restore</source>
        <translation>cancel、replay、reschedule、resolve 或 restore</translation>
    </message>
    <message>
        <source>Everything the action is for, without a filter</source>
        <translation>该操作适用的全部消息，不加筛选</translation>
    </message>
    <message>
        <source>Only tell what it would take</source>
        <translation>仅说明将涉及哪些消息</translation>
    </message>
    <message>
        <source>Messages at most, those due first</source>
        <translation>最多处理的消息数，先到期的优先</translation>
    </message>
    <message>
        <source>Messages a second at most</source>
        <translation>每秒最多处理的消息数</translation>
    </message>
    <message>
        <source>replay: to another destination</source>
        <translation>replay：改发到另一个目标</translation>
    </message>
    <message>
        <source>replay, reschedule: when the first one is due</source>
        <translation>replay、reschedule：第一条的到期时间</translation>
    </message>
    <message>
        <source>The same, from now on</source>
        <translation>同上，从现在起算</translation>
    </message>
    <message>
        <source>reschedule: later than before by this</source>
        <translation>reschedule：比原来推迟多久</translation>
    </message>
    <message>
        <source>Spread the due times evenly over this</source>
        <translation>将到期时间均匀分布在这段时间内</translation>
    </message>
    <message>
        <source>resolve: delivered, retrying or dead</source>
        <translation>resolve：delivered、retrying 或 dead</translation>
    </message>
    <message>
        <source>replay: 1, then 10, then the rest; stops when they fail as before</source>
        <translation>replay：先 1 条，再 10 条，然后其余；若同样失败则停止</translation>
    </message>
    <message>
        <source>Why, for the history and the audit</source>
        <translation>原因，写入历史和审计记录</translation>
    </message>
    <message>
        <source>Cancel, replay, reschedule, resolve or restore what a filter matches</source>
        <translation>取消、重放、改期、处置或恢复符合筛选条件的消息</translation>
    </message>
    <message>
        <source>Until it is over; exit code 4 if it was stopped</source>
        <translation>等待结束；若被停止则退出码为 4</translation>
    </message>
    <message>
        <source>Start nothing unless it takes this many, as --dry-run counted</source>
        <translation>除非正好涉及这么多条（如 --dry-run 所计），否则不开始</translation>
    </message>
    <message>
        <source>With an attempt that ended then or later</source>
        <translation>有尝试在此时或之后结束</translation>
    </message>
    <message>
        <source>With an attempt that ended before then</source>
        <translation>有尝试在此时之前结束</translation>
    </message>
    <message>
        <source>What such an attempt came to, with commas: delivered, refused, too_many_requests, server_error, other_answer, no_connection, no_answer</source>
        <translation>该次尝试的结果，用逗号分隔：delivered、refused、too_many_requests、server_error、other_answer、no_connection、no_answer</translation>
    </message>
</context>
<context>
    <name>OperationText</name>
    <message>
        <source>Operation</source>
        <translation>批量操作</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stopped because</source>
        <translation>停止原因</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最近错误</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Undoes</source>
        <translation>撤销的操作</translation>
    </message>
    <message>
        <source>Asked for by</source>
        <translation>发起者</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>%1 is not the id of an operation</source>
        <translation>%1 不是操作的 ID</translation>
    </message>
    <message>
        <source>Id of the operation</source>
        <translation>操作的 ID</translation>
    </message>
</context>
<context>
    <name>Operations</name>
    <message>
        <source>%1 cancelled</source>
        <translation>已取消 %1 条</translation>
    </message>
    <message>
        <source>%1 sent again</source>
        <translation>已再次发送 %1 条</translation>
    </message>
    <message>
        <source>%1 rescheduled</source>
        <translation>已改期 %1 条</translation>
    </message>
    <message>
        <source>%1 resolved</source>
        <translation>已处置 %1 条</translation>
    </message>
    <message>
        <source>%1 restored</source>
        <translation>已恢复 %1 条</translation>
    </message>
    <message>
        <source>%1 not found</source>
        <translation>未找到 %1 条</translation>
    </message>
    <message>
        <source>%1 without a destination</source>
        <translation>目标已不存在 %1 条</translation>
    </message>
    <message>
        <source>%1 not touched: %2</source>
        <translation>未更改 %1 条：%2</translation>
    </message>
    <message>
        <source>due from %1 to %2</source>
        <translation>%1 至 %2 到期</translation>
    </message>
    <message>
        <source>due from %1 on</source>
        <translation>%1 或之后到期</translation>
    </message>
    <message>
        <source>due before %1</source>
        <translation>%1 之前到期</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>再次发送</translation>
    </message>
    <message>
        <source>Reschedule</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>处置</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Undo a cancel</source>
        <translation>撤销取消</translation>
    </message>
    <message>
        <source>Undo a sending again</source>
        <translation>撤销再次发送</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Aborted</source>
        <translation>已中止</translation>
    </message>
    <message>
        <source>Stopped by itself</source>
        <translation>自动停止</translation>
    </message>
    <message>
        <source>tag %1</source>
        <translation>标签 %1</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>键 %1</translation>
    </message>
    <message>
        <source>failed alike</source>
        <translation>失败原因相同</translation>
    </message>
    <message>
        <source>with “%1”</source>
        <translation>含“%1”</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>所有消息</translation>
    </message>
    <message>
        <source>as a canary</source>
        <translation>金丝雀方式</translation>
    </message>
    <message>
        <source>at most %1 a second</source>
        <translation>每秒最多 %1 条</translation>
    </message>
    <message>
        <source>the first %1</source>
        <translation>前 %1 条</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>发往 %1</translation>
    </message>
    <message>
        <source>from %1 on</source>
        <translation>从 %1 起</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>%1后</translation>
    </message>
    <message>
        <source>later by %1</source>
        <translation>推迟 %1</translation>
    </message>
    <message>
        <source>earlier by %1</source>
        <translation>提前 %1</translation>
    </message>
    <message>
        <source>spread over %1</source>
        <translation>分布在 %1 内</translation>
    </message>
    <message>
        <source>as %1</source>
        <translation>处置为“%1”</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>从 %1 起</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>%1 之前</translation>
    </message>
    <message>
        <source>with an attempt (%1)</source>
        <translation>有过尝试（%1）</translation>
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
    <name>Output</name>
    <message>
        <source>The output could not be written%1.</source>
        <translation>无法写出输出%1。</translation>
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
    <name>PrivateFile</name>
    <message>
        <source>%1 cannot be read or written: %2</source>
        <translation>无法读写 %1：%2</translation>
    </message>
    <message>
        <source>The directory %1 cannot be made.</source>
        <translation>无法创建目录 %1。</translation>
    </message>
    <message>
        <source>%1 may be read by others than its owner: chmod 600 it, and think about a new key.</source>
        <translation>%1 可能被所有者以外的人读取：请执行 chmod 600，并考虑更换密钥。</translation>
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
    <name>ReplayCommand</name>
    <message>
        <source>The replay is not valid.</source>
        <translation>重放无效。</translation>
    </message>
    <message>
        <source>Replayed as %1, due at %2.</source>
        <translation>已重放为 %1，将于 %2 到期。</translation>
    </message>
    <message>
        <source>There is no such message.</source>
        <translation>没有这条消息。</translation>
    </message>
    <message>
        <source>Not replayed: it is %1, and only what is over can be.</source>
        <translation>未重放：它的状态是 %1，只有已结束的消息才能重放。</translation>
    </message>
    <message>
        <source>Send messages that are over once more, as new ones</source>
        <translation>将已结束的消息作为新消息再发送一次</translation>
    </message>
    <message>
        <source>To another destination</source>
        <translation>发往另一个目标</translation>
    </message>
    <message>
        <source>From now on, instead of now</source>
        <translation>从现在起多久，代替立即发送</translation>
    </message>
    <message>
        <source>When, instead of now</source>
        <translation>发送时间，代替立即发送</translation>
    </message>
    <message>
        <source>Send this instead</source>
        <translation>改为发送此内容</translation>
    </message>
    <message>
        <source>Send what is in this file; - is standard input</source>
        <translation>发送此文件的内容；- 表示标准输入</translation>
    </message>
    <message>
        <source>With another content type</source>
        <translation>使用另一种内容类型</translation>
    </message>
    <message>
        <source>Header instead of those it had; may be repeated</source>
        <translation>请求头，代替原有的请求头，可重复</translation>
    </message>
    <message>
        <source>Why, for the audit</source>
        <translation>原因，写入审计记录</translation>
    </message>
</context>
<context>
    <name>RequestText</name>
    <message>
        <source>(when it leaves)</source>
        <translation>（发出时生成）</translation>
    </message>
    <message>
        <source>(of id, timestamp and body, when it leaves)</source>
        <translation>（发出时由 ID、时间戳和正文生成）</translation>
    </message>
    <message numerus="yes">
        <source>(%n byte(s), no text)</source>
        <translation>
            <numerusform>（%n 字节，不是文本）</numerusform>
        </translation>
    </message>
    <message>
        <source>Without its signature: that is made when the message leaves.</source>
        <translation>不含签名：签名在消息发出时生成。</translation>
    </message>
    <message>
        <source>Credentials are not shown: put them in the place of %1.</source>
        <translation>未显示凭据：请用凭据替换 %1。</translation>
    </message>
    <message>
        <source>(its id)</source>
        <translation>（消息 ID）</translation>
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
    <name>Scale</name>
    <message>
        <source>d MMM</source>
        <extracomment>A day in a chart, as in 1 Dec (QDateTime::toString)</extracomment>
        <translation>MM-dd</translation>
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
        <source>is missing: the options of files need it</source>
        <translation>缺失：文件相关的选项需要它</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>takes nothing beside it but the destination of lines that name none</source>
        <translation>不能与其他选项一起使用，只可用目标选项为未写明目标的行指定目标</translation>
    </message>
    <message>
        <source>Parts of a retry policy that go before the destination&apos;s, as in the REST API</source>
        <translation>重试策略中优先于目标设置的部分，与 REST API 相同</translation>
    </message>
    <message>
        <source>File of messages to schedule, NDJSON or CSV; - is standard input</source>
        <translation>要计划的消息文件，NDJSON 或 CSV；- 表示标准输入</translation>
    </message>
    <message>
        <source>ndjson or csv, if the name of the file does not tell (ndjson)</source>
        <translation>ndjson 或 csv，用于文件名看不出格式时（默认 ndjson）</translation>
    </message>
    <message>
        <source>File to write the bad lines to, to be mended and scheduled</source>
        <translation>用于写入错误行的文件，修正后可再计划</translation>
    </message>
    <message>
        <source>Judge the lines of the file and schedule none</source>
        <translation>只检查文件中的各行，不计划任何消息</translation>
    </message>
    <message>
        <source>Repeating the command with this key schedules nothing twice; with --from it goes on where it was cut</source>
        <translation>用此键重复执行命令不会重复计划；与 --from 一起使用时从中断处继续</translation>
    </message>
</context>
<context>
    <name>ScheduleFile</name>
    <message>
        <source>it</source>
        <translation>该行</translation>
    </message>
    <message>
        <source>Line %1: %2 %3</source>
        <translation>第 %1 行：%2 %3</translation>
    </message>
    <message>
        <source>%1 scheduled, %2 bad</source>
        <translation>已计划 %1 条，错误 %2 行</translation>
    </message>
    <message>
        <source>%1 lines are right, %2 are bad.</source>
        <translation>%1 行正确，%2 行有误。</translation>
    </message>
    <message>
        <source>%1 messages scheduled, %2 bad lines.</source>
        <translation>已计划 %1 条消息，%2 行有误。</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>无法打开 %1：%2</translation>
    </message>
    <message>
        <source>An earlier run had scheduled %1.</source>
        <translation>之前的运行已计划 %1 条。</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
</context>
<context>
    <name>SecretKeys</name>
    <message>
        <source>%1, line %2, is not a key: 32 bytes as base64 or as 64 hexadecimal digits.</source>
        <translation>%1 第 %2 行不是密钥：应为 32 字节，写成 base64 或 64 位十六进制数字。</translation>
    </message>
    <message>
        <source>%1 holds no key.</source>
        <translation>%1 中没有密钥。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
</context>
<context>
    <name>SecretsCommand</name>
    <message numerus="yes">
        <source>The secrets of %n destination(s) are sealed with the current key.</source>
        <translation>
            <numerusform>%n 个目标的机密已用当前密钥加密。</numerusform>
        </translation>
    </message>
    <message>
        <source>The keys do not come from %1 here: put a new one first in the place that they come from, start the nodes again, and then use &quot;secrets reseal&quot;.</source>
        <translation>这里的密钥并非来自 %1：请先在密钥的来源处把新密钥放在首位，重新启动各节点，然后使用“secrets reseal”。</translation>
    </message>
    <message>
        <source>A new key stands first in %1. Give the file to every node and start the nodes again; then &quot;punctualctl secrets reseal&quot; seals everything with it. The older keys may go when no backup needs them any more.</source>
        <translation>新密钥已位于 %1 的首位。请把该文件分发到每个节点并重新启动节点；然后用“punctualctl secrets reseal”以新密钥重新加密所有机密。不再有备份需要旧密钥时，即可将其删除。</translation>
    </message>
    <message>
        <source>The key that secrets in the database are sealed with</source>
        <translation>用于加密数据库中机密的密钥</translation>
    </message>
    <message>
        <source>Make a new key, to be given to every node before it is used</source>
        <translation>生成新密钥，使用前须分发到每个节点</translation>
    </message>
    <message>
        <source>Seal with the current key what an older one sealed</source>
        <translation>用当前密钥重新加密由旧密钥加密的内容</translation>
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
    <name>ServerProfile</name>
    <message>
        <source>Give it a name.</source>
        <translation>请给出名称。</translation>
    </message>
    <message>
        <source>Which machine does the database run on?</source>
        <translation>数据库在哪台机器上运行？</translation>
    </message>
    <message>
        <source>What is the name of the database?</source>
        <translation>数据库的名称是什么？</translation>
    </message>
    <message>
        <source>Which user of the database are you?</source>
        <translation>您使用哪个数据库用户？</translation>
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
    <message>
        <source>The TLS file %1 cannot be read.</source>
        <translation>无法读取 TLS 文件 %1。</translation>
    </message>
    <message>
        <source>%1 (from %2) is not true or false without quotes.</source>
        <translation>%1（来自 %2）不是不带引号的 true 或 false。</translation>
    </message>
    <message>
        <source>is “%1”, which is not an address and a port, as in 127.0.0.1:8480 or [::1]:8480, nor the path of a socket, as in unix:/run/punctual/api.sock, nor one of the first and some of the second with commas between them</source>
        <translation>为“%1”，既不是地址和端口（如 127.0.0.1:8480 或 [::1]:8480），也不是套接字路径（如 unix:/run/punctual/api.sock），也不是以逗号分隔的一个地址和若干路径</translation>
    </message>
    <message>
        <source>is “%1”, which is not a number from 0 to %2</source>
        <translation>为“%1”，不是 0 到 %2 之间的数字</translation>
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
    <message>
        <source>Replay of</source>
        <translation>重放自</translation>
    </message>
    <message>
        <source>Replayed as</source>
        <translation>重放为</translation>
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
    <message>
        <source>%1 sends nothing to %2: %3</source>
        <translation>%1 不向 %2 发送任何消息：%3</translation>
    </message>
</context>
<context>
    <name>Stops</name>
    <message>
        <source>by %1</source>
        <translation>由 %1 暂停</translation>
    </message>
    <message>
        <source>%1 (by %2)</source>
        <translation>%1（操作者：%2）</translation>
    </message>
    <message>
        <source>%L1 of %L2 calls are used</source>
        <translation>已使用 %L1 / %L2 次调用</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Secrets unreadable</source>
        <translation>机密无法读取</translation>
    </message>
    <message>
        <source>Breaker open</source>
        <translation>熔断器已断开</translation>
    </message>
    <message>
        <source>Breaker: being tried</source>
        <translation>熔断器：正在试探</translation>
    </message>
    <message>
        <source>Held by the third party</source>
        <translation>对方要求暂缓</translation>
    </message>
    <message>
        <source>Quota used up</source>
        <translation>配额已用完</translation>
    </message>
</context>
<context>
    <name>TimeLine</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 (HTTP %2)</source>
        <translation>%1（HTTP %2）</translation>
    </message>
    <message>
        <source>left %1 late, took %2</source>
        <translation>晚 %1 发出，耗时 %2</translation>
    </message>
    <message>
        <source>Attempt %1: %2</source>
        <translation>第 %1 次尝试：%2</translation>
    </message>
    <message>
        <source>Cancelled by %1</source>
        <translation>由 %1 取消</translation>
    </message>
    <message>
        <source>Restored by %1</source>
        <translation>由 %1 恢复</translation>
    </message>
    <message>
        <source>Rescheduled by %1</source>
        <translation>由 %1 改期</translation>
    </message>
    <message>
        <source>Resolved by %1</source>
        <translation>由 %1 处置</translation>
    </message>
    <message>
        <source>Sent again by %1</source>
        <translation>由 %1 再次发送</translation>
    </message>
    <message>
        <source>Scheduled by %1</source>
        <translation>由 %1 计划</translation>
    </message>
    <message>
        <source>Changed by %1</source>
        <translation>由 %1 更改</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1，操作者：%2</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>from: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>已计划</translation>
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
        <source>Attempt %1 is under way</source>
        <translation>第 %1 次尝试进行中</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
</context>
<context>
    <name>TimeRange</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
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
    <name>TokenCommand</name>
    <message>
        <source>revoked %1</source>
        <translation>已于 %1 吊销</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>有效期至 %1</translation>
    </message>
    <message>
        <source>expired %1</source>
        <translation>已于 %1 过期</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>ROLE</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>DESTINATIONS</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>LAST USED</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>%1 is revoked; a server that has just let it in does so for five seconds more.</source>
        <translation>%1 已吊销；刚刚放行过它的服务器还会再放行五秒。</translation>
    </message>
    <message>
        <source>Make a token and print it, this once only</source>
        <translation>创建令牌并输出，仅此一次</translation>
    </message>
    <message>
        <source>Who uses it; the audit names it so</source>
        <translation>由谁使用；审计记录以此名称称呼</translation>
    </message>
    <message>
        <source>viewer, operator or admin</source>
        <translation>viewer、operator 或 admin</translation>
    </message>
    <message>
        <source>As in 90d; without it the token is good until it is revoked</source>
        <translation>如 90d；不指定则令牌在吊销前一直有效</translation>
    </message>
    <message>
        <source>It reaches this one only; may be repeated</source>
        <translation>仅可访问此目标，可重复</translation>
    </message>
    <message>
        <source>Let nobody in with it any more</source>
        <translation>不再允许任何人使用它</translation>
    </message>
    <message>
        <source>Name of the token</source>
        <translation>令牌的名称</translation>
    </message>
    <message>
        <source>Tokens of the REST API</source>
        <translation>REST API 的令牌</translation>
    </message>
    <message>
        <source>Show all tokens, without their secrets</source>
        <translation>列出所有令牌，不含其机密</translation>
    </message>
</context>
<context>
    <name>Trend</name>
    <message>
        <source>quiet</source>
        <translation>平静</translation>
    </message>
    <message>
        <source>falling, %1 in the last hour</source>
        <translation>下降，最近一小时 %1 条</translation>
    </message>
    <message>
        <source>steady, %1 in the last hour</source>
        <translation>平稳，最近一小时 %1 条</translation>
    </message>
    <message>
        <source>rising, %1 in the last hour</source>
        <translation>上升，最近一小时 %1 条</translation>
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
    <message>
        <source>The circuit breaker of the destination tries it with single calls: %1</source>
        <translation>目标的熔断器正以单次调用试探：%1</translation>
    </message>
    <message>
        <source>The node that owns its shard sends nothing to this destination: %1</source>
        <translation>拥有其分片的节点不向此目标发送任何内容：%1</translation>
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
    <name>WhyText</name>
    <message>
        <source>It is expected to leave at %1 (%2).</source>
        <translation>预计于 %1（%2）发出。</translation>
    </message>
</context>
<context>
    <name>punctual::app::Desktop</name>
    <message>
        <source>Punctual keeps running</source>
        <translation>Punctual 仍在运行</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait, and this computer delivers them. Quit in the menu of this icon.</source>
        <translation>
            <numerusform>有 %n 条消息在等待，由这台计算机投递。可在此图标的菜单中退出。</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit Punctual</source>
        <translation>退出 Punctual</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait, and this computer is the only engine. What becomes due while Punctual does not run leaves late, or expires.</source>
        <translation>
            <numerusform>有 %n 条消息在等待，而这台计算机是唯一的引擎。Punctual 未运行期间到期的消息会延迟发出或过期。</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>&amp;Connection…</source>
        <translation>连接(&amp;C)…</translation>
    </message>
    <message>
        <source>Messages may wait, and this computer delivers them. Quit in the menu of this icon.</source>
        <translation>可能有消息在等待，由这台计算机投递。可在此图标的菜单中退出。</translation>
    </message>
    <message>
        <source>It is not known yet whether messages wait, and this computer is the only engine. What becomes due while Punctual does not run leaves late, or expires.</source>
        <translation>目前还不知道是否有消息在等待，而这台计算机是唯一的引擎。Punctual 未运行期间到期的消息会延迟发出或过期。</translation>
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
    <name>punctual::ui::Alarms</name>
    <message>
        <source>The database answers again</source>
        <translation>数据库已恢复应答</translation>
    </message>
    <message>
        <source>Punctual is connected.</source>
        <translation>Punctual 已连接。</translation>
    </message>
    <message>
        <source>The database does not answer</source>
        <translation>数据库没有应答</translation>
    </message>
    <message>
        <source>Nothing can be scheduled or cancelled from here until it does. Punctual keeps trying.</source>
        <translation>在其恢复之前，无法从这里计划或取消任何消息。Punctual 会继续尝试。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) failed for good</source>
        <translation>
            <numerusform>%n 条消息彻底失败</numerusform>
        </translation>
    </message>
    <message>
        <source>They are not sent again by themselves: somebody has to look.</source>
        <translation>它们不会自动再次发送：需要有人查看。</translation>
    </message>
    <message>
        <source>The quota of %1 is used up</source>
        <translation>%1 的配额已用完</translation>
    </message>
    <message>
        <source>The quota of %1 is nearly used up</source>
        <translation>%1 的配额即将用完</translation>
    </message>
    <message>
        <source>%1 of %2 are used. It begins anew %3.</source>
        <translation>已使用 %1 / %2，%3重置。</translation>
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
    <name>punctual::ui::AuditFilterBar</name>
    <message>
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Anybody</source>
        <translation>任何人</translation>
    </message>
    <message>
        <source>Any id or name</source>
        <translation>任意 ID 或名称</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>所有操作</translation>
    </message>
    <message>
        <source>All objects</source>
        <translation>所有对象</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>The last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Between…</source>
        <translation>指定时段…</translation>
    </message>
    <message>
        <source>Ac&amp;tion:</source>
        <translation>操作(&amp;T)：</translation>
    </message>
    <message>
        <source>Ob&amp;ject:</source>
        <translation>对象(&amp;J)：</translation>
    </message>
    <message>
        <source>Id or name of the object</source>
        <translation>对象的 ID 或名称</translation>
    </message>
    <message>
        <source>Whe&amp;n:</source>
        <translation>时间(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Who:</source>
        <translation>谁(&amp;W)：</translation>
    </message>
</context>
<context>
    <name>punctual::ui::AuditModel</name>
    <message>
        <source>PostgreSQL knows them as %1</source>
        <translation>在 PostgreSQL 中的身份为 %1</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>已封签</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
</context>
<context>
    <name>punctual::ui::AuditPage</name>
    <message>
        <source>Before</source>
        <translation>更改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>更改后</translation>
    </message>
    <message>
        <source>The database is slow to answer.</source>
        <translation>数据库应答缓慢。</translation>
    </message>
    <message>
        <source>E&amp;xport CSV…</source>
        <translation>导出 CSV(&amp;X)…</translation>
    </message>
    <message>
        <source>Saves all rows that fit the filter</source>
        <translation>保存符合筛选条件的所有行</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>Nothing in the audit fits this filter. Texts are compared whole.</source>
        <translation>没有符合条件的审计记录。文本须完全匹配。</translation>
    </message>
    <message>
        <source>Export the audit</source>
        <translation>导出审计记录</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Exporting: %1 rows so far…</source>
        <translation>正在导出：已导出 %1 行…</translation>
    </message>
    <message>
        <source>%1 rows saved as %2</source>
        <translation>已将 %1 行保存为 %2</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
</context>
<context>
    <name>punctual::ui::BacklogPanel</name>
    <message>
        <source>Backlog by hour</source>
        <translation>每小时待投递</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Messages due in the next hours</source>
        <translation>未来几小时到期的消息</translation>
    </message>
    <message>
        <source>Due in this hour</source>
        <translation>此小时内到期</translation>
    </message>
    <message>
        <source>Nothing is due in these hours.</source>
        <translation>这些小时内没有到期的消息。</translation>
    </message>
    <message>
        <source>%1 due now; %2 in %3 hours</source>
        <translation>现在到期 %1；%3 小时内 %2</translation>
    </message>
    <message>
        <source>more than %1</source>
        <translation>超过 %1</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
</context>
<context>
    <name>punctual::ui::BodyView</name>
    <message>
        <source>Body of the message</source>
        <translation>消息正文</translation>
    </message>
    <message>
        <source>Headers of the message</source>
        <translation>消息的请求头</translation>
    </message>
    <message>
        <source>La&amp;y out JSON</source>
        <translation>JSON 排版(&amp;Y)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::BulkDialog</name>
    <message numerus="yes">
        <source>&amp;Cancel %Ln message(s)</source>
        <translation>
            <numerusform>取消 %Ln 条消息(&amp;C)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Send %Ln message(s) again</source>
        <translation>
            <numerusform>再次发送 %Ln 条消息(&amp;S)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Reschedule %Ln message(s)</source>
        <translation>
            <numerusform>改期 %Ln 条消息(&amp;R)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Resolve %Ln message(s)</source>
        <translation>
            <numerusform>处置 %Ln 条消息(&amp;R)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Restore %Ln message(s)</source>
        <translation>
            <numerusform>恢复 %Ln 条消息(&amp;R)</numerusform>
        </translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>%1: all that match</source>
        <translation>%1：所有符合条件的消息</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>操作范围</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>The first of the messages</source>
        <translation>前几条消息</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why: the audit keeps it</source>
        <translation>原因，会写入审计记录</translation>
    </message>
    <message>
        <source>R&amp;eason:</source>
        <translation>原因(&amp;E)：</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在计数…</translation>
    </message>
    <message>
        <source>No message fits now.</source>
        <translation>现在没有符合条件的消息。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) fit now. The first of them:</source>
        <translation>
            <numerusform>现在有 %Ln 条消息符合条件。前几条：</numerusform>
        </translation>
    </message>
    <message>
        <source>(At this pace it takes about %1.)</source>
        <translation>（照此速度约需 %1。）</translation>
    </message>
    <message>
        <source>Nothing was started: other messages match than a moment ago.</source>
        <translation>没有开始：匹配的消息与刚才不同。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::CausesPanel</name>
    <message>
        <source>Retries by cause</source>
        <translation>按原因统计的重试</translation>
    </message>
    <message>
        <source>a second</source>
        <translation>每秒</translation>
    </message>
    <message>
        <source>Retries by cause, a second</source>
        <translation>按原因统计的每秒重试数</translation>
    </message>
    <message>
        <source>No attempt had to be repeated.</source>
        <translation>没有需要重试的尝试。</translation>
    </message>
    <message numerus="yes">
        <source>%n failed attempt(s)</source>
        <translation>
            <numerusform>%n 次失败的尝试</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Type a few letters of a command</source>
        <translation>输入命令的几个字</translation>
    </message>
    <message>
        <source>Command to look for</source>
        <translation>要查找的命令</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ComposePage</name>
    <message>
        <source>&amp;Schedule</source>
        <translation>计划(&amp;S)</translation>
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
    <message>
        <source>S&amp;end a test now</source>
        <translation>立即发送测试(&amp;E)</translation>
    </message>
    <message>
        <source>The third party gets this message at once, whatever its due time</source>
        <translation>无论何时到期，第三方都会立即收到这条消息</translation>
    </message>
    <message>
        <source>Paste or drop a table of messages</source>
        <translation>粘贴或拖入消息表格</translation>
    </message>
    <message>
        <source>Send a &amp;test of it now</source>
        <translation>立即发送测试(&amp;T)</translation>
    </message>
    <message>
        <source>Schedule &amp;many from CSV…</source>
        <translation>从 CSV 批量计划(&amp;M)…</translation>
    </message>
    <message>
        <source>Not taken back. %1</source>
        <translation>未撤回。%1</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>发送测试</translation>
    </message>
    <message>
        <source>Send this message to %1 now? The third party takes it for a real one.</source>
        <translation>现在将这条消息发送到 %1 吗？第三方会把它当作真实消息。</translation>
    </message>
    <message>
        <source>Send it now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>不发送</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) scheduled.</source>
        <translation>
            <numerusform>已计划 %n 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>What one may do here</source>
        <translation>此处允许的操作</translation>
    </message>
    <message>
        <source>Many from &amp;CSV…</source>
        <translation>从 CSV 批量计划(&amp;C)…</translation>
    </message>
    <message>
        <source>Show i&amp;n the list</source>
        <translation>在列表中显示(&amp;N)</translation>
    </message>
    <message>
        <source>Sc&amp;hedule the message in the form</source>
        <translation>安排表单中的消息(&amp;H)</translation>
    </message>
    <message>
        <source>Destinati&amp;on:</source>
        <translation>目标(&amp;O)：</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ConnectionDialog</name>
    <message>
        <source>This computer delivers for it &amp;too</source>
        <translation>这台计算机也为其投递(&amp;T)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>删除(&amp;M)</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>As it is in the key ring</source>
        <translation>沿用密钥环中的密码</translation>
    </message>
    <message>
        <source>Encrypted, certificate and name checked</source>
        <translation>加密，验证证书和名称</translation>
    </message>
    <message>
        <source>Encrypted, certificate checked</source>
        <translation>加密，验证证书</translation>
    </message>
    <message>
        <source>Encrypted, certificate not checked</source>
        <translation>加密，不验证证书</translation>
    </message>
    <message>
        <source>Encrypted if the server can</source>
        <translation>服务器支持时加密</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>不加密</translation>
    </message>
    <message>
        <source>A file, if not that of your user</source>
        <translation>文件（若不用您用户的默认文件）</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Host:</source>
        <translation>主机(&amp;H)：</translation>
    </message>
    <message>
        <source>P&amp;ort:</source>
        <translation>端口(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;Database:</source>
        <translation>数据库(&amp;D)：</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>用户(&amp;U)：</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>密码(&amp;P)：</translation>
    </message>
    <message>
        <source>T&amp;LS:</source>
        <translation>TLS(&amp;L)：</translation>
    </message>
    <message>
        <source>&amp;Authority:</source>
        <translation>证书颁发机构(&amp;A)：</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Ne&amp;w</source>
        <translation>新建(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台计算机</translation>
    </message>
    <message>
        <source>(no name yet)</source>
        <translation>（尚未命名）</translation>
    </message>
    <message>
        <source>There is another one of this name.</source>
        <translation>已有另一个同名的服务器。</translation>
    </message>
    <message>
        <source>The database of the configuration, or a private one that Punctual runs itself on this computer.</source>
        <translation>配置中的数据库，或由 Punctual 在这台计算机上自行运行的私有数据库。</translation>
    </message>
    <message>
        <source>The password is kept in the key ring of your session. Punctual starts anew to connect.</source>
        <translation>密码保存在您会话的密钥环中。Punctual 将重新启动以建立连接。</translation>
    </message>
    <message>
        <source>The password cannot be kept. %1</source>
        <translation>无法保存密码。%1</translation>
    </message>
    <message>
        <source>Remove the server</source>
        <translation>移除服务器</translation>
    </message>
    <message>
        <source>Remove %1 and its password from this computer?</source>
        <translation>要从此计算机移除 %1 及其密码吗？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The configuration names a database (database.url), which goes before what is chosen here. Take it out of the configuration first.</source>
        <translation>配置中指定了数据库 (database.url)，它优先于此处的选择。请先将其从配置中去掉。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ContentTabs</name>
    <message>
        <source>Preview of the request</source>
        <translation>请求预览</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>Request previe&amp;w</source>
        <translation>请求预览(&amp;W)</translation>
    </message>
    <message>
        <source>Choose a destination first.</source>
        <translation>请先选择一个目标。</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DashboardBar</name>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Keep the charts as they are</source>
        <translation>让图表保持不变</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>Save what is shown</source>
        <translation>保存当前显示的内容</translation>
    </message>
    <message>
        <source>Only the charts; Esc leaves it</source>
        <translation>仅显示图表；按 Esc 退出</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>99 of 100 messages shall leave within this time after they are due</source>
        <translation>100 条消息中应有 99 条在到期后的这段时间内发出</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>&amp;Objective, 99 of 100 within</source>
        <translation>指标(&amp;O)，99% 不超过</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>As an &amp;image (PNG)…</source>
        <translation>图像（PNG）(&amp;I)…</translation>
    </message>
    <message>
        <source>As a &amp;table (CSV)…</source>
        <translation>表格（CSV）(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Pause the charts</source>
        <translation>暂停图表(&amp;P)</translation>
    </message>
    <message>
        <source>Full scree&amp;n</source>
        <translation>全屏(&amp;N)</translation>
    </message>
    <message>
        <source>La&amp;st</source>
        <translation>最近(&amp;S)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DashboardPage</name>
    <message>
        <source>The database is slow to answer.</source>
        <translation>数据库应答缓慢。</translation>
    </message>
    <message>
        <source>Paused at %1</source>
        <translation>已于 %1 暂停</translation>
    </message>
    <message>
        <source>Save the charts</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Save the figures</source>
        <translation>保存数据</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DeadLetterModel</name>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>最近 24 小时</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态码</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>First</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最近</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DeadLettersPage</name>
    <message>
        <source>All destinations</source>
        <translation>所有目标</translation>
    </message>
    <message>
        <source>Send &amp;this one again</source>
        <translation>再次发送这一条(&amp;T)</translation>
    </message>
    <message>
        <source>Try a &amp;canary…</source>
        <translation>金丝雀试发(&amp;C)…</translation>
    </message>
    <message>
        <source>Send the &amp;group again…</source>
        <translation>再次发送整组(&amp;G)…</translation>
    </message>
    <message>
        <source>Show its &amp;messages</source>
        <translation>显示其消息(&amp;M)</translation>
    </message>
    <message>
        <source>Send &amp;all again…</source>
        <translation>全部再次发送(&amp;A)…</translation>
    </message>
    <message>
        <source>Send a time &amp;range again…</source>
        <translation>再次发送某个时间段(&amp;R)…</translation>
    </message>
    <message>
        <source>The database is slow to answer.</source>
        <translation>数据库应答缓慢。</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>No dead letters. Everything that was due has arrived or is still tried.</source>
        <translation>没有死信。到期的消息都已送达或仍在尝试。</translation>
    </message>
    <message>
        <source>This destination has no dead letters.</source>
        <translation>此目标没有死信。</translation>
    </message>
    <message>
        <source>They were sent and no answer came: a person has to decide</source>
        <translation>它们已发出但没有应答：需要人工裁定</translation>
    </message>
    <message>
        <source>&amp;Edit and send this one again…</source>
        <translation>编辑后重发这一条(&amp;E)…</translation>
    </message>
    <message>
        <source>Select a group first.</source>
        <translation>请先选择一组。</translation>
    </message>
    <message>
        <source>There are no dead letters.</source>
        <translation>没有死信。</translation>
    </message>
    <message>
        <source>No message is unknown.</source>
        <translation>没有结果未知的消息。</translation>
    </message>
    <message>
        <source>Reso&amp;lve unknown…</source>
        <translation>处置结果不明的消息(&amp;L)…</translation>
    </message>
    <message>
        <source>Destinati&amp;on:</source>
        <translation>目标(&amp;O)：</translation>
    </message>
    <message>
        <source>Reso&amp;lve %1 unknown…</source>
        <translation>处置 %1 条结果不明的消息(&amp;L)…</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DelayLegend</name>
    <message>
        <source>Colours by expected delay: %1</source>
        <translation>按预计延迟着色：%1</translation>
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
    <message>
        <source>%1 (removed)</source>
        <translation>%1（已移除）</translation>
    </message>
    <message>
        <source>Choose a destination</source>
        <translation>选择目标</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DestinationEditor</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>orders</source>
        <translation>orders</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Save (Ctrl+S)</source>
        <translation>保存（Ctrl+S）</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;URL:</source>
        <translation>URL(&amp;U)：</translation>
    </message>
    <message>
        <source>&amp;Time limit:</source>
        <translation>超时(&amp;T)：</translation>
    </message>
    <message>
        <source>Send it again, with the same idempotency key</source>
        <translation>使用相同的幂等键再次发送</translation>
    </message>
    <message>
        <source>Hold it until a person decides</source>
        <translation>保留，待人处理</translation>
    </message>
    <message>
        <source>HTTP/&amp;2</source>
        <translation>HTTP/2(&amp;2)</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Attempts:</source>
        <translation>尝试次数：</translation>
    </message>
    <message>
        <source>Waits:</source>
        <translation>等待方式：</translation>
    </message>
    <message>
        <source>Longer each time</source>
        <translation>逐次加长</translation>
    </message>
    <message>
        <source>Always the same</source>
        <translation>始终相同</translation>
    </message>
    <message>
        <source>By a list (set through the API)</source>
        <translation>按列表（通过 API 设置）</translation>
    </message>
    <message>
        <source>First wait:</source>
        <translation>首次等待：</translation>
    </message>
    <message>
        <source>Factor:</source>
        <translation>倍数：</translation>
    </message>
    <message>
        <source>Longest wait:</source>
        <translation>最长等待：</translation>
    </message>
    <message>
        <source>Jitter:</source>
        <translation>抖动：</translation>
    </message>
    <message>
        <source>0.1 for ±10 %, or full</source>
        <translation>0.1 表示 ±10 %，或 full</translation>
    </message>
    <message>
        <source>Rate limit</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>Rule:</source>
        <translation>规则：</translation>
    </message>
    <message>
        <source>Token bucket</source>
        <translation>令牌桶</translation>
    </message>
    <message>
        <source>Leaky bucket: evenly spaced</source>
        <translation>漏桶：均匀间隔</translation>
    </message>
    <message>
        <source>Fixed window</source>
        <translation>固定窗口</translation>
    </message>
    <message>
        <source>Sliding window</source>
        <translation>滑动窗口</translation>
    </message>
    <message>
        <source>Sliding log: exact</source>
        <translation>滑动日志：精确</translation>
    </message>
    <message>
        <source>Calls:</source>
        <translation>调用次数：</translation>
    </message>
    <message>
        <source>Each:</source>
        <translation>周期：</translation>
    </message>
    <message>
        <source>At once:</source>
        <translation>突发：</translation>
    </message>
    <message>
        <source>as many as the calls; token bucket only</source>
        <translation>与调用数相同；仅用于令牌桶</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Minute</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Time zone:</source>
        <translation>时区：</translation>
    </message>
    <message>
        <source>Circuit breaker</source>
        <translation>熔断器</translation>
    </message>
    <message>
        <source>Share of failures:</source>
        <translation>失败比例：</translation>
    </message>
    <message>
        <source>Of at least calls:</source>
        <translation>最少调用数：</translation>
    </message>
    <message>
        <source>Within:</source>
        <translation>时间窗口：</translation>
    </message>
    <message>
        <source>Stays open:</source>
        <translation>断开时长：</translation>
    </message>
    <message>
        <source>New destination</source>
        <translation>新建目标</translation>
    </message>
    <message>
        <source>Settings of %1</source>
        <translation>%1 的设置</translation>
    </message>
    <message>
        <source>Not saved: see the fields above.</source>
        <translation>未保存：请查看上面的字段。</translation>
    </message>
    <message>
        <source>Not saved. %1</source>
        <translation>未保存。%1</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>不保存就离开吗？</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Meth&amp;od:</source>
        <translation>方法(&amp;O)：</translation>
    </message>
    <message>
        <source>H&amp;eaders:</source>
        <translation>请求头(&amp;E)：</translation>
    </message>
    <message>
        <source>At the same t&amp;ime:</source>
        <translation>最大并发(&amp;I)：</translation>
    </message>
    <message>
        <source>&amp;Without an answer:</source>
        <translation>没有应答时(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Private addresses are allowed</source>
        <translation>允许私有地址(&amp;P)</translation>
    </message>
    <message>
        <source>Si&amp;gning secret:</source>
        <translation>签名密钥(&amp;G)：</translation>
    </message>
    <message>
        <source>P&amp;revious secret:</source>
        <translation>上一个密钥(&amp;R)：</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DestinationModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>熔断器</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>彻底失败</translation>
    </message>
    <message>
        <source>Sent/s</source>
        <translation>发送/秒</translation>
    </message>
    <message>
        <source>Late (p99)</source>
        <translation>延迟（p99）</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Scheduled and retrying messages</source>
        <translation>已计划和重试中的消息</translation>
    </message>
    <message>
        <source>Of the attempts of the last five minutes</source>
        <translation>按最近五分钟的尝试统计</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DestinationState</name>
    <message>
        <source>End of the pause</source>
        <translation>暂停结束时间</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>恢复(&amp;U)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Health:</source>
        <translation>健康：</translation>
    </message>
    <message>
        <source>Messages:</source>
        <translation>消息：</translation>
    </message>
    <message>
        <source>Paused:</source>
        <translation>暂停：</translation>
    </message>
    <message>
        <source>Breaker:</source>
        <translation>熔断器：</translation>
    </message>
    <message>
        <source>Held:</source>
        <translation>暂缓：</translation>
    </message>
    <message>
        <source>Quota:</source>
        <translation>配额：</translation>
    </message>
    <message>
        <source>They say:</source>
        <translation>对方自述：</translation>
    </message>
    <message>
        <source>What the third party said last of its own limits</source>
        <translation>第三方最近一次告知的自身限制</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Reason of the pause</source>
        <translation>暂停的原因</translation>
    </message>
    <message>
        <source>Their maintenance until noon</source>
        <translation>对方维护到中午</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>原因(&amp;R)：</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>直到 %1</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>until it is resumed</source>
        <translation>直到有人恢复</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <translation>%1，操作者：%2</translation>
    </message>
    <message>
        <source>%1, tried again %2</source>
        <translation>%1，%2 再次试探</translation>
    </message>
    <message>
        <source>%1 of %2, new at %3</source>
        <translation>%1 / %2，于 %3 重置</translation>
    </message>
    <message>
        <source>%1; at this pace used up %2</source>
        <translation>%1；照此速度 %2用完</translation>
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
        <source>new at %1</source>
        <translation>于 %1 重置</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 is paused. Its messages wait and can be cancelled.</source>
        <translation>%1 已暂停。它的消息会等待，仍可取消。</translation>
    </message>
    <message>
        <source>%1 goes on.</source>
        <translation>%1 已恢复。</translation>
    </message>
    <message>
        <source>Nothing holds it up.</source>
        <translation>没有任何阻碍。</translation>
    </message>
    <message>
        <source>Goes on b&amp;y itself</source>
        <translation>自动恢复(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Pause destination</source>
        <translation>暂停目标(&amp;P)</translation>
    </message>
    <message>
        <source>Res&amp;ume destination</source>
        <translation>恢复目标(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Pause %1</source>
        <translation>暂停 %1(&amp;P)</translation>
    </message>
    <message>
        <source>Res&amp;ume %1</source>
        <translation>恢复 %1(&amp;U)</translation>
    </message>
    <message>
        <source>Select a destination first.</source>
        <translation>请先选择一个目标。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DestinationsPage</name>
    <message>
        <source>&amp;New destination</source>
        <translation>新建目标(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Edit settings</source>
        <translation>编辑设置(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Remove destination</source>
        <translation>删除目标(&amp;R)</translation>
    </message>
    <message>
        <source>Show its &amp;messages</source>
        <translation>显示其消息(&amp;M)</translation>
    </message>
    <message>
        <source>The database is slow to answer.</source>
        <translation>数据库应答缓慢。</translation>
    </message>
    <message>
        <source>The settings of %1 are saved.</source>
        <translation>%1 的设置已保存。</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>There are no destinations yet. Make the first one with New destination.</source>
        <translation>还没有目标。请用“新建目标”创建第一个。</translation>
    </message>
    <message>
        <source>Remove destination</source>
        <translation>删除目标</translation>
    </message>
    <message>
        <source>Remove %1 with its settings and secrets?</source>
        <translation>删除 %1 及其设置和密钥吗？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>%1 is removed.</source>
        <translation>%1 已删除。</translation>
    </message>
    <message>
        <source>Select a destination first.</source>
        <translation>请先选择一个目标。</translation>
    </message>
    <message>
        <source>This one is built in and stays as it is.</source>
        <translation>此目标为内置目标，保持不变。</translation>
    </message>
    <message>
        <source>Send a &amp;test…</source>
        <translation>发送测试(&amp;T)…</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>发送测试</translation>
    </message>
    <message>
        <source>Send a test message to %1 now? The third party takes it for a real one.</source>
        <translation>现在向 %1 发送一条测试消息吗？第三方会把它当作真实消息。</translation>
    </message>
    <message>
        <source>Send it now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>不发送</translation>
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
    <message>
        <source>Time zone of the recipient</source>
        <translation>接收方的时区</translation>
    </message>
    <message>
        <source>Time of the recipient</source>
        <translation>接收方的时间</translation>
    </message>
    <message>
        <source>Change of the clocks</source>
        <translation>时钟调整</translation>
    </message>
    <message>
        <source>Recipient in</source>
        <translation>接收方位于</translation>
    </message>
</context>
<context>
    <name>punctual::ui::DueStrip</name>
    <message>
        <source>Due time on a strip of hours</source>
        <translation>小时刻度上的到期时间</translation>
    </message>
    <message>
        <source>Drag the mark to another time to reschedule; Esc leaves it where it is</source>
        <translation>将标记拖到另一时间即可改期；按 Esc 保持原位</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>time and how far it is</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>punctual::ui::EditDialog</name>
    <message>
        <source>Edit the message</source>
        <translation>编辑消息</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Words to find it by, separated by commas</source>
        <translation>便于查找的词，用逗号分隔</translation>
    </message>
    <message>
        <source>Its body is no text and stays as it is.</source>
        <translation>正文不是文本，保持不变。</translation>
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
        <source>Ta&amp;gs:</source>
        <translation>标签(&amp;G)：</translation>
    </message>
    <message>
        <source>&amp;Payload:</source>
        <translation>内容(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::FilterChips</name>
    <message>
        <source>Filters</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>Tag: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>排序键：%1</translation>
    </message>
    <message>
        <source>Failed alike: %1</source>
        <translation>同类失败：%1</translation>
    </message>
    <message>
        <source>Take this filter away</source>
        <translation>移除此筛选条件</translation>
    </message>
    <message>
        <source>Due from %1</source>
        <translation>%1 起到期</translation>
    </message>
    <message>
        <source>Due before %1</source>
        <translation>%1 前到期</translation>
    </message>
    <message>
        <source>Due %1, for %2</source>
        <translation>%1 起 %2 内到期</translation>
    </message>
    <message>
        <source>Attempt came to: %1</source>
        <translation>尝试结果：%1</translation>
    </message>
    <message>
        <source>Attempt from %1</source>
        <translation>尝试于 %1 起</translation>
    </message>
    <message>
        <source>Attempt before %1</source>
        <translation>尝试早于 %1</translation>
    </message>
    <message>
        <source>Attempt %1, for %2</source>
        <translation>尝试于 %1 起的 %2 内</translation>
    </message>
</context>
<context>
    <name>punctual::ui::FilterDialog</name>
    <message>
        <source>Filter messages</source>
        <translation>筛选消息</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>排序键</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Due from</source>
        <translation>到期不早于</translation>
    </message>
    <message>
        <source>Due before</source>
        <translation>到期早于</translation>
    </message>
    <message>
        <source>Exactly this tag</source>
        <translation>与此标签完全一致</translation>
    </message>
    <message>
        <source>Exactly this key</source>
        <translation>与此排序键完全一致</translation>
    </message>
    <message>
        <source>&amp;Tag:</source>
        <translation>标签(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>排序键(&amp;K)：</translation>
    </message>
    <message>
        <source>&amp;Due:</source>
        <translation>到期(&amp;D)：</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>筛选(&amp;F)</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Attempt from</source>
        <translation>尝试从</translation>
    </message>
    <message>
        <source>Attempt before</source>
        <translation>尝试早于</translation>
    </message>
    <message>
        <source>Anything</source>
        <translation>任何结果</translation>
    </message>
    <message>
        <source>Result of the attempt</source>
        <translation>尝试的结果</translation>
    </message>
    <message>
        <source>An &amp;attempt ended:</source>
        <translation>尝试结束于(&amp;A)：</translation>
    </message>
    <message>
        <source>&amp;Result:</source>
        <translation>结果(&amp;R)：</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ForecastAdvice</name>
    <message>
        <source>Forecast for this time</source>
        <translation>此时间的预测</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ForecastModel</name>
    <message>
        <source>The quota runs out at %1.</source>
        <translation>配额将于 %1 用完。</translation>
    </message>
    <message>
        <source>%1, %2 to %3</source>
        <translation>%1，%2 至 %3</translation>
    </message>
    <message>
        <source>%1 due</source>
        <translation>到期 %1</translation>
    </message>
    <message>
        <source>%1 allowed</source>
        <translation>允许 %1</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>%1 left over at its end</source>
        <translation>结束时剩余 %1</translation>
    </message>
    <message>
        <source>delayed by up to %1</source>
        <translation>最多延迟 %1</translation>
    </message>
    <message>
        <source>on time</source>
        <translation>准时</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ForecastPage</name>
    <message>
        <source>&amp;Spread them…</source>
        <translation>分散发送(&amp;S)…</translation>
    </message>
    <message numerus="yes">
        <source>The next %n day(s)</source>
        <translation>
            <numerusform>未来 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>The database is slow to answer.</source>
        <translation>数据库应答缓慢。</translation>
    </message>
    <message>
        <source>&amp;Range:</source>
        <translation>范围(&amp;R)：</translation>
    </message>
    <message>
        <source>Range of the forecast</source>
        <translation>预测范围</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>The hour that is chosen</source>
        <translation>所选的小时</translation>
    </message>
    <message>
        <source>Messages of the hour</source>
        <translation>该小时的消息</translation>
    </message>
    <message>
        <source>Moves what is due in this hour so that it leaves evenly over a longer time</source>
        <translation>将此小时到期的消息改为在更长的时间内均匀发出</translation>
    </message>
    <message>
        <source>There are no destinations yet.</source>
        <translation>还没有目标。</translation>
    </message>
    <message>
        <source>The quota of %1 runs out %2 (%3).</source>
        <translation>%1 的配额将于 %2（%3）用完。</translation>
    </message>
    <message>
        <source>Nothing is due in this hour.</source>
        <translation>此小时内没有到期的消息。</translation>
    </message>
    <message>
        <source>Choose an hour with the arrow keys or a click.</source>
        <translation>请用方向键或单击选择一个小时。</translation>
    </message>
    <message>
        <source>Nothing is there that could be spread.</source>
        <translation>没有可以分散的消息。</translation>
    </message>
    <message>
        <source>Sho&amp;w these messages</source>
        <translation>显示这些消息(&amp;W)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::HeaderEditor</name>
    <message>
        <source>Headers</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>Line %1: the : between name and value is missing.</source>
        <translation>第 %1 行：名称与值之间缺少冒号（:）。</translation>
    </message>
    <message>
        <source>Line %1: it %2.</source>
        <translation>第 %1 行：%2。</translation>
    </message>
    <message>
        <source>Besides those of the destination, one a line.</source>
        <translation>在目标自身的请求头之外附加，每行一个。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::HeatMap</name>
    <message>
        <source>Forecast by destination and hour</source>
        <translation>按目标和小时的预测</translation>
    </message>
</context>
<context>
    <name>punctual::ui::HelpMenu</name>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Punctual</source>
        <translation>关于 Punctual(&amp;A)</translation>
    </message>
    <message>
        <source>About Punctual</source>
        <translation>关于 Punctual</translation>
    </message>
    <message>
        <source>Punctual %1 delivers messages to third-party APIs at their exact time.</source>
        <translation>Punctual %1：准时将消息投递到第三方 API。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>自由软件，依据 GNU 通用公共许可证第 3 版或更高版本发布。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::HourHeader</name>
    <message>
        <source>ddd d MMM</source>
        <extracomment>A day as in Mon 23 Nov (QDate::toString)</extracomment>
        <translation>M月d日 ddd</translation>
    </message>
</context>
<context>
    <name>punctual::ui::LatenessPanel</name>
    <message>
        <source>Lateness</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>Lateness in milliseconds</source>
        <translation>延迟（毫秒）</translation>
    </message>
    <message>
        <source>Half of them (p50)</source>
        <translation>半数（p50）</translation>
    </message>
    <message>
        <source>99 of 100 (p99)</source>
        <translation>100 条中 99 条（p99）</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>延迟目标</translation>
    </message>
    <message>
        <source>Nothing was sent in this time.</source>
        <translation>这段时间内没有发送任何消息。</translation>
    </message>
    <message>
        <source>%1 % within %2 ms, %3 % of the error budget used</source>
        <translation>%1 % 在 %2 毫秒以内，错误预算已用 %3 %</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ListEnd</name>
    <message>
        <source>End of the list</source>
        <translation>列表末尾</translation>
    </message>
    <message>
        <source>Still looking: everything due after %1 has been looked at.</source>
        <translation>仍在查找：%1 之后到期的消息都已查看。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are shown and there are more: narrow the filter.</source>
        <translation>
            <numerusform>已显示 %n 条消息，还有更多：请缩小筛选范围。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::LoadAdvice</name>
    <message>
        <source>Load of the destination</source>
        <translation>目标的负载</translation>
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
        <source>The REST API is off. %1</source>
        <translation>REST API 未开启。%1</translation>
    </message>
    <message>
        <source>Waiting for requests that are under way. Close again to cut them.</source>
        <translation>正在等待进行中的请求。再次关闭可立即中断。</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>仪表盘</translation>
    </message>
    <message>
        <source>Destinations</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Nodes and health</source>
        <translation>节点与健康</translation>
    </message>
    <message>
        <source>&amp;Destination</source>
        <translation>目标(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Dashboard</source>
        <translation>仪表盘(&amp;D)</translation>
    </message>
    <message>
        <source>Des&amp;tinations</source>
        <translation>目标(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Nodes and health</source>
        <translation>节点与健康(&amp;N)</translation>
    </message>
    <message>
        <source>Dashboard on the &amp;full screen</source>
        <translation>全屏显示仪表盘(&amp;F)</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>批量操作</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审计</translation>
    </message>
    <message>
        <source>Recurring</source>
        <translation>定期消息</translation>
    </message>
    <message>
        <source>Dead &amp;letters</source>
        <translation>死信(&amp;L)</translation>
    </message>
    <message>
        <source>D&amp;ashboard</source>
        <translation>仪表盘(&amp;A)</translation>
    </message>
    <message>
        <source>O&amp;perations</source>
        <translation>批量操作(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Audit</source>
        <translation>审计(&amp;A)</translation>
    </message>
    <message>
        <source>Rec&amp;urring</source>
        <translation>定期消息(&amp;U)</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>C&amp;olumns</source>
        <translation>列(&amp;O)</translation>
    </message>
    <message>
        <source>F&amp;orecast</source>
        <translation>预测(&amp;O)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ManyDialog</name>
    <message>
        <source>None: every line names its own</source>
        <translation>无：每行自行指定</translation>
    </message>
    <message>
        <source>&amp;Open a file…</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Schedule many messages</source>
        <translation>批量计划消息</translation>
    </message>
    <message>
        <source>Lines of CSV</source>
        <translation>CSV 行</translation>
    </message>
    <message>
        <source>Destination of lines that name none</source>
        <translation>未指定目标的行所用的目标</translation>
    </message>
    <message>
        <source>Result of the check</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Checked lines</source>
        <translation>已检查的行</translation>
    </message>
    <message>
        <source>&amp;Destination of lines that name none:</source>
        <translation>未指定目标的行所用的目标(&amp;D)：</translation>
    </message>
    <message>
        <source>&amp;Schedule</source>
        <translation>计划(&amp;S)</translation>
    </message>
    <message>
        <source>Paste CSV or drop a file. The first line names the fields: destination, due_at or delay_ms, body, key, tags (between semicolons), priority, expires_after_ms, max_attempts, headers.NAME.</source>
        <translation>粘贴 CSV 或拖入文件。第一行为字段名：destination、due_at 或 delay_ms、body、key、tags（用分号分隔）、priority、expires_after_ms、max_attempts、headers.NAME。</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>The file cannot be read. %1</source>
        <translation>无法读取文件。%1</translation>
    </message>
    <message>
        <source>Open a file of messages</source>
        <translation>打开消息文件</translation>
    </message>
    <message>
        <source>CSV (*.csv);;All files (*)</source>
        <translation>CSV (*.csv);;所有文件 (*)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Schedule %n message(s)</source>
        <translation>
            <numerusform>计划 %n 条消息(&amp;S)</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no line yet.</source>
        <translation>还没有任何行。</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) are right.</source>
        <translation>
            <numerusform>%n 行正确。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) are wrong and are left out.</source>
        <translation>
            <numerusform>%n 行有误，将被略过。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the first %n line(s) are read; punctualctl takes files of any size.</source>
        <translation>
            <numerusform>只读取前 %n 行；punctualctl 可处理任意大小的文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Storing: %1 of %2…</source>
        <translation>正在保存：%1 / %2…</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are stored, the others are not.</source>
        <translation>
            <numerusform>已保存 %n 条消息，其余未保存。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>Messages are being stored</source>
        <translation>正在保存消息</translation>
    </message>
    <message>
        <source>Stop now? What is stored already stays scheduled, the rest is not.</source>
        <translation>现在停止吗？已保存的仍按计划发送，其余的不会。</translation>
    </message>
    <message>
        <source>Stop storing</source>
        <translation>停止保存</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MatchingMenu</name>
    <message>
        <source>All that match</source>
        <translation>所有符合条件的</translation>
    </message>
    <message>
        <source>Cancel, reschedule or send again all messages that match the filter</source>
        <translation>取消、改期或再次发送所有符合筛选条件的消息</translation>
    </message>
    <message>
        <source>Resc&amp;hedule all that match…</source>
        <translation>改期所有符合条件的消息(&amp;H)…</translation>
    </message>
    <message>
        <source>Res&amp;tore all that match…</source>
        <translation>恢复所有符合条件的消息(&amp;T)…</translation>
    </message>
    <message>
        <source>Reso&amp;lve all that match…</source>
        <translation>处置所有符合条件的消息(&amp;L)…</translation>
    </message>
    <message>
        <source>The filter asks for states with which this is not possible.</source>
        <translation>筛选所含的状态不允许此操作。</translation>
    </message>
    <message>
        <source>Cancel &amp;all that match…</source>
        <translation>取消所有符合条件的消息(&amp;A)…</translation>
    </message>
    <message>
        <source>Send all that &amp;match again…</source>
        <translation>再次发送所有符合条件的消息(&amp;M)…</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageActionSet</name>
    <message>
        <source>&amp;Cancel message</source>
        <translation>取消消息(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>恢复(&amp;R)</translation>
    </message>
    <message>
        <source>Resche&amp;dule…</source>
        <translation>改期(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑(&amp;E)…</translation>
    </message>
    <message>
        <source>Send a&amp;gain</source>
        <translation>再次发送(&amp;G)</translation>
    </message>
    <message>
        <source>Re&amp;solve…</source>
        <translation>处置(&amp;S)…</translation>
    </message>
    <message>
        <source>Copy &amp;id</source>
        <translation>复制 ID(&amp;I)</translation>
    </message>
    <message>
        <source>Select a message first.</source>
        <translation>请先选择一条消息。</translation>
    </message>
    <message>
        <source>Select one message.</source>
        <translation>请只选择一条消息。</translation>
    </message>
    <message>
        <source>Only what is cancelled can be restored.</source>
        <translation>只有已取消的消息才能恢复。</translation>
    </message>
    <message>
        <source>Only what waits can be rescheduled.</source>
        <translation>只有等待中的消息才能改期。</translation>
    </message>
    <message>
        <source>Only what waits can be edited.</source>
        <translation>只有等待中的消息才能编辑。</translation>
    </message>
    <message>
        <source>Only what is unknown has to be resolved.</source>
        <translation>只有结果不明的消息才需要处置。</translation>
    </message>
    <message>
        <source>Edit and send agai&amp;n…</source>
        <translation>编辑后重发(&amp;N)…</translation>
    </message>
    <message>
        <source>Only what is over can be sent again.</source>
        <translation>只有已结束的消息才能再次发送。</translation>
    </message>
    <message>
        <source>Cop&amp;y as curl</source>
        <translation>复制为 curl 命令(&amp;Y)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageActions</name>
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
    <message>
        <source>Send again</source>
        <translation>再次发送</translation>
    </message>
    <message numerus="yes">
        <source>Send %n message(s) again? The third party takes each for a new one.</source>
        <translation>
            <numerusform>再次发送 %n 条消息？第三方会把每一条都当作新消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>%1: only what is over can be sent again.</source>
        <translation>%1：只有已结束的消息才能再次发送。</translation>
    </message>
    <message>
        <source>There is no such message.</source>
        <translation>没有这条消息。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) scheduled again.</source>
        <translation>
            <numerusform>已重新安排 %n 条消息。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) restored. They will be sent when they are due.</source>
        <translation>
            <numerusform>已恢复 %n 条消息，到期时将会发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) rescheduled to %1.</source>
        <translation>
            <numerusform>已将 %n 条消息改期到 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) resolved: %1.</source>
        <translation>
            <numerusform>已处置 %n 条消息：%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Too late: it can be restored only until it was due. Send it again instead.</source>
        <translation>太晚了：只能在到期前恢复。请改用再次发送。</translation>
    </message>
    <message>
        <source>%1: only what is cancelled can be restored.</source>
        <translation>%1：只有已取消的消息才能恢复。</translation>
    </message>
    <message>
        <source>%1: there is nothing to resolve.</source>
        <translation>%1：无需处置。</translation>
    </message>
    <message>
        <source>%1: only what waits can be rescheduled.</source>
        <translation>%1：只有等待中的消息才能改期。</translation>
    </message>
    <message>
        <source>The message was changed.</source>
        <translation>消息已更改。</translation>
    </message>
    <message>
        <source>Not changed: somebody changed it in the meantime. Look at it and edit it again.</source>
        <translation>未更改：在此期间已被他人更改。请查看后重新编辑。</translation>
    </message>
    <message>
        <source>%1: only what waits can be edited.</source>
        <translation>%1：只有等待中的消息才能编辑。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) moved back.</source>
        <translation>
            <numerusform>已将 %n 条消息移回原时间。</numerusform>
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
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>T&amp;ime line</source>
        <translation>时间线(&amp;I)</translation>
    </message>
    <message>
        <source>Select a message to see its body, its attempts, and why it has not gone yet.</source>
        <translation>选择一条消息，查看其正文、各次尝试以及尚未发出的原因。</translation>
    </message>
    <message>
        <source>Attem&amp;pts</source>
        <translation>尝试(&amp;P)</translation>
    </message>
    <message>
        <source>There has been no attempt yet.</source>
        <translation>还没有尝试。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageFacts</name>
    <message>
        <source>Why it has not gone yet</source>
        <translation>尚未发出的原因</translation>
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
        <source>Sent again from:</source>
        <translation>重发自：</translation>
    </message>
    <message>
        <source>Sent again as:</source>
        <translation>已重发为：</translation>
    </message>
    <message>
        <source>Facts about the message</source>
        <translation>消息概况</translation>
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
    <name>punctual::ui::MessageFileModel</name>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
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
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>it %1</source>
        <translation>此行 %1</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>%1后</translation>
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
        <source>Sea&amp;rch:</source>
        <translation>查找(&amp;R)：</translation>
    </message>
    <message>
        <source>Filt&amp;er…</source>
        <translation>筛选(&amp;E)…</translation>
    </message>
    <message>
        <source>Destinati&amp;on:</source>
        <translation>目标(&amp;O)：</translation>
    </message>
    <message>
        <source>By tag, key, due time or attempt</source>
        <translation>按标签、键、到期时间或尝试</translation>
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
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
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
        <source>No message fits this filter.</source>
        <translation>没有符合条件的消息。</translation>
    </message>
    <message>
        <source>Which columns the table has</source>
        <translation>表格显示哪些列</translation>
    </message>
    <message>
        <source>Copied as a command for curl, without credentials.</source>
        <translation>已复制为 curl 命令，不含凭据。</translation>
    </message>
    <message>
        <source>There are no messages yet. Schedule the first one with Ctrl+N, or see one being delivered: the destination echo answers here, without any third party.</source>
        <translation>还没有消息。按 Ctrl+N 计划第一条消息，或者看一条消息如何投递：目标 echo 就在本机应答，不涉及任何第三方。</translation>
    </message>
    <message>
        <source>There are no messages yet.</source>
        <translation>还没有消息。</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>The database is slow to answer.</source>
        <translation>数据库应答缓慢。</translation>
    </message>
    <message>
        <source>There is nothing to take back.</source>
        <translation>没有可以撤回的操作。</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>Deliver a first messa&amp;ge to echo</source>
        <translation>向 echo 投递第一条消息(&amp;G)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::MissedModel</name>
    <message>
        <source>Planned for</source>
        <translation>计划时间</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>sent %1 late</source>
        <translation>迟发 %1</translation>
    </message>
    <message>
        <source>expired, never sent</source>
        <translation>已过期，从未发送</translation>
    </message>
</context>
<context>
    <name>punctual::ui::NodeModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Shards</source>
        <translation>分片</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Sent/s</source>
        <translation>发送/秒</translation>
    </message>
    <message>
        <source>Late (p99)</source>
        <translation>延迟（p99）</translation>
    </message>
    <message>
        <source>Claim takes</source>
        <translation>领取耗时</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>最近出现</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>启动时间</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>%1 of 64</source>
        <translation>%1 / 64</translation>
    </message>
    <message>
        <source>How far its machine&apos;s clock is ahead of the database&apos;s. Messages leave by the database&apos;s time.</source>
        <translation>其所在机器的时钟比数据库时钟超前多少。消息按数据库时间发出。</translation>
    </message>
    <message>
        <source>Of the lateness, what asking the database for the message took on average in the last minute</source>
        <translation>延迟中，最近一分钟向数据库领取消息平均所占的时间</translation>
    </message>
    <message>
        <source>Of the attempts of the last minute</source>
        <translation>按最近一分钟的尝试统计</translation>
    </message>
</context>
<context>
    <name>punctual::ui::NodesPage</name>
    <message>
        <source>The database is slow to answer.</source>
        <translation>数据库应答缓慢。</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Missed messages</source>
        <translation>错过的消息</translation>
    </message>
    <message>
        <source>Enter shows the message</source>
        <translation>按 Enter 显示消息</translation>
    </message>
    <message>
        <source>No node has been running for a day.</source>
        <translation>最近一天没有节点运行过。</translation>
    </message>
    <message>
        <source>Nothing left more than a minute late in the last seven days, and nothing expired.</source>
        <translation>最近七天没有消息迟发超过一分钟，也没有消息过期。</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康</translation>
    </message>
    <message>
        <source>Missed in the last seven days</source>
        <translation>最近七天错过的消息</translation>
    </message>
</context>
<context>
    <name>punctual::ui::OperationModel</name>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What the other one changed</source>
        <translation>另一批量操作所更改的消息</translation>
    </message>
</context>
<context>
    <name>punctual::ui::OperationOptions</name>
    <message>
        <source>&amp;Canary: first 1, then 10, then the rest</source>
        <translation>金丝雀(&amp;C)：先 1 条，再 10 条，然后其余</translation>
    </message>
    <message>
        <source>Each step waits for the one before it, and it stops by itself when the same failure returns</source>
        <translation>每一步都等前一步完成；若再次出现同样的失败则自动停止</translation>
    </message>
    <message>
        <source>Carefully:</source>
        <translation>谨慎执行：</translation>
    </message>
    <message>
        <source>Each to its own</source>
        <translation>各自原来的目标</translation>
    </message>
    <message>
        <source>Send to</source>
        <translation>发送到</translation>
    </message>
    <message>
        <source>Send t&amp;o:</source>
        <translation>发送到(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;From %1 on</source>
        <translation>从 %1 起(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Move each by</source>
        <translation>每条调整(&amp;M)</translation>
    </message>
    <message>
        <source>Move each by</source>
        <translation>每条调整</translation>
    </message>
    <message>
        <source>later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later or earlier</source>
        <translation>推后或提前</translation>
    </message>
    <message>
        <source>They arrived: delivered</source>
        <translation>已到达：视为已送达</translation>
    </message>
    <message>
        <source>They did not arrive: send them now</source>
        <translation>未到达：立即发送</translation>
    </message>
    <message>
        <source>Give them up: dead</source>
        <translation>放弃：彻底失败</translation>
    </message>
    <message>
        <source>What became of them</source>
        <translation>它们的结果</translation>
    </message>
    <message>
        <source>&amp;What became of them:</source>
        <translation>它们的结果(&amp;W)：</translation>
    </message>
    <message>
        <source>Spread over</source>
        <translation>分布时长</translation>
    </message>
    <message>
        <source>not at all</source>
        <translation>不分布</translation>
    </message>
    <message>
        <source>as fast as it goes</source>
        <translation>尽可能快</translation>
    </message>
    <message>
        <source> a second at most</source>
        <translation> 条/秒（上限）</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>&amp;Pace:</source>
        <translation>速度(&amp;P)：</translation>
    </message>
    <message>
        <source>Give a span such as 5s, 1h30m or 10d.</source>
        <translation>请给出时长，如 5s、1h30m 或 10d。</translation>
    </message>
    <message>
        <source>All to a&amp;nother time</source>
        <translation>全部改到另一时间(&amp;N)</translation>
    </message>
    <message>
        <source>Spre&amp;ad over:</source>
        <translation>分布在(&amp;A)：</translation>
    </message>
</context>
<context>
    <name>punctual::ui::OperationPanel</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>批量操作</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>State of the operation</source>
        <translation>批量操作的状态</translation>
    </message>
    <message>
        <source>Result so far</source>
        <translation>目前的结果</translation>
    </message>
    <message>
        <source>Who and why</source>
        <translation>发起者和原因</translation>
    </message>
    <message>
        <source>What stopped it</source>
        <translation>停止原因</translation>
    </message>
    <message>
        <source>Ends it; what it did so far stays</source>
        <translation>结束操作；已做的更改保留</translation>
    </message>
    <message>
        <source>Restores what was cancelled and is not due yet, or cancels what was scheduled again and has not left yet</source>
        <translation>恢复已取消且尚未到期的消息，或取消再次计划且尚未发出的消息</translation>
    </message>
    <message>
        <source>what the other operation changed</source>
        <translation>另一批量操作所更改的消息</translation>
    </message>
    <message>
        <source>No message fitted.</source>
        <translation>没有符合条件的消息。</translation>
    </message>
    <message>
        <source>Waiting for a node to begin. Without one nothing happens.</source>
        <translation>正在等待节点开始执行。没有节点就不会执行。</translation>
    </message>
    <message>
        <source>Started %1 by %2 (%3).</source>
        <translation>%1 由 %2 发起（%3）。</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>原因：%1</translation>
    </message>
    <message>
        <source>It stopped by itself: %1</source>
        <translation>已自动停止：%1</translation>
    </message>
    <message>
        <source>It is tried again: %1</source>
        <translation>正在重试：%1</translation>
    </message>
    <message>
        <source>Restore what was cancelled? What was due meanwhile stays cancelled.</source>
        <translation>恢复已取消的消息？期间已到期的仍保持取消。</translation>
    </message>
    <message>
        <source>Cancel what was scheduled again? What has left meanwhile stays sent.</source>
        <translation>取消再次计划的消息？期间已发出的无法收回。</translation>
    </message>
    <message>
        <source>Undo the operation</source>
        <translation>撤销批量操作</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>A&amp;bort</source>
        <translation>中止(&amp;B)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::OperationsPage</name>
    <message>
        <source>The database is slow to answer.</source>
        <translation>数据库应答缓慢。</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>批量操作</translation>
    </message>
    <message>
        <source>No bulk operation yet. Messages and Dead letters start them: cancel, send again or reschedule all that match.</source>
        <translation>还没有批量操作。可在“消息”和“死信”中发起：取消、再次发送或改期所有符合条件的消息。</translation>
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
    <message>
        <source>La&amp;y out</source>
        <translation>排版(&amp;Y)</translation>
    </message>
    <message>
        <source>One member a line. What is sent changes with it.</source>
        <translation>每行一个成员。发送的内容也随之改变。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::PreferencesAction</name>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
</context>
<context>
    <name>punctual::ui::PreferencesDialog</name>
    <message>
        <source>&amp;Notifications for dead letters, quotas and a lost connection</source>
        <translation>死信、配额和连接中断时通知(&amp;N)</translation>
    </message>
    <message>
        <source>Keep running in the &amp;tray while messages wait</source>
        <translation>有消息等待时在托盘中继续运行(&amp;T)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>T&amp;heme:</source>
        <translation>主题(&amp;H)：</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>The language changes when Punctual is started again.</source>
        <translation>重新启动 Punctual 后语言才会更改。</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
</context>
<context>
    <name>punctual::ui::QuickTimes</name>
    <message>
        <source>&amp;Quick choice</source>
        <translation>快速选择(&amp;Q)</translation>
    </message>
    <message>
        <source>Times that are often wanted</source>
        <translation>常用时间</translation>
    </message>
    <message>
        <source>&amp;Now</source>
        <translation>现在(&amp;N)</translation>
    </message>
    <message>
        <source>In &amp;10 minutes</source>
        <translation>10 分钟后(&amp;1)</translation>
    </message>
    <message>
        <source>In an &amp;hour</source>
        <translation>1 小时后(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Tomorrow at 09:00</source>
        <translation>明天 09:00(&amp;T)</translation>
    </message>
    <message>
        <source>Tomorrow at 1&amp;8:00</source>
        <translation>明天 18:00(&amp;8)</translation>
    </message>
    <message>
        <source>Next &amp;Monday at 09:00</source>
        <translation>下周一 09:00(&amp;M)</translation>
    </message>
    <message>
        <source>The &amp;first of next month at 09:00</source>
        <translation>下月 1 日 09:00(&amp;F)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::QuotaPanel</name>
    <message>
        <source>Quota</source>
        <translation>配额</translation>
    </message>
    <message>
        <source>Calls of the quota</source>
        <translation>配额的调用次数</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>次调用</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>At this pace</source>
        <translation>照此速度</translation>
    </message>
    <message>
        <source>Destination of the quota</source>
        <translation>配额所属目标</translation>
    </message>
    <message>
        <source>No destination has a quota.</source>
        <translation>没有目标设置了配额。</translation>
    </message>
    <message>
        <source>%1 of %2 calls, new at %3</source>
        <translation>%1 / %2 次调用，于 %3 重置</translation>
    </message>
    <message>
        <source>used up: %1</source>
        <translation>已用完：%1</translation>
    </message>
    <message>
        <source>%1; used up at %2</source>
        <translation>%1；将于 %2 用完</translation>
    </message>
    <message>
        <source>%1; it lasts</source>
        <translation>%1；够用</translation>
    </message>
</context>
<context>
    <name>punctual::ui::RangeDialog</name>
    <message>
        <source>All destinations</source>
        <translation>所有目标</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>&amp;Preview…</source>
        <translation>预览(&amp;P)…</translation>
    </message>
    <message>
        <source>Send a time range again</source>
        <translation>再次发送某个时间范围的消息</translation>
    </message>
    <message>
        <source>Destination of the range</source>
        <translation>此范围的目标</translation>
    </message>
    <message>
        <source>&amp;Destination:</source>
        <translation>目标(&amp;D)：</translation>
    </message>
    <message>
        <source>Time zone:</source>
        <translation>时区：</translation>
    </message>
    <message>
        <source>What became of them:</source>
        <translation>它们的结果：</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>This time does not exist in %1: the clocks are put forward over it.</source>
        <translation>这个时间在 %1 不存在：时钟在此前拨。</translation>
    </message>
    <message>
        <source>The range ends before it begins.</source>
        <translation>范围的结束早于开始。</translation>
    </message>
    <message>
        <source>Choose at least one of the four.</source>
        <translation>请在四项中至少选择一项。</translation>
    </message>
    <message>
        <source>When it was due</source>
        <translation>到期的时间</translation>
    </message>
    <message>
        <source>When an attempt ended</source>
        <translation>尝试结束的时间</translation>
    </message>
    <message>
        <source>&amp;What counts:</source>
        <translation>依据(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;From:</source>
        <translation>从(&amp;F)：</translation>
    </message>
    <message>
        <source>&amp;Before:</source>
        <translation>早于(&amp;B)：</translation>
    </message>
    <message>
        <source>Everything to this API in this time is scheduled again, as new messages. You see how many before anything happens.</source>
        <translation>此时间段内发往该 API 的所有消息将作为新消息重新安排。执行之前会先显示数量。</translation>
    </message>
    <message>
        <source>What counts</source>
        <translation>依据</translation>
    </message>
</context>
<context>
    <name>punctual::ui::RecurringPage</name>
    <message>
        <source>Recurring schedules come with the recurring engine, which this version does not have yet.
Until then Compose schedules messages one by one, and REST and the command line schedule many.</source>
        <translation>周期计划需要周期引擎，此版本尚未提供。
在此之前，可用“撰写”逐条计划消息，用 REST 和命令行批量计划。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ReplayDialog</name>
    <message>
        <source>Edit and send again</source>
        <translation>编辑后重发</translation>
    </message>
    <message>
        <source>Send it to</source>
        <translation>发送到</translation>
    </message>
    <message>
        <source>Its body is no text and stays as it is.</source>
        <translation>正文不是文本，保持不变。</translation>
    </message>
    <message>
        <source>What becomes of credentials</source>
        <translation>凭据的处理</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>&amp;Headers</source>
        <translation>请求头(&amp;H)</translation>
    </message>
    <message>
        <source>Due:</source>
        <translation>到期：</translation>
    </message>
    <message>
        <source>&amp;Send again</source>
        <translation>再次发送(&amp;S)</translation>
    </message>
    <message>
        <source>A new message with this content; the old one stays in the history as it is. The third party takes it for a new one.</source>
        <translation>将以此内容新建一条消息；旧消息原样保留在历史中。第三方会把它当作新消息。</translation>
    </message>
    <message>
        <source>Choose a destination.</source>
        <translation>请选择一个目标。</translation>
    </message>
    <message>
        <source>The value of %1 is not known here. With other headers, type it anew or take the line out.</source>
        <translation>此处不知道 %1 的值。若更改请求头，请重新输入该值或删除该行。</translation>
    </message>
    <message>
        <source>See what is said below the payload and the headers.</source>
        <translation>请查看正文和请求头下方的说明。</translation>
    </message>
    <message>
        <source>Its credentials are for %1: they are not sent to another destination.</source>
        <translation>其凭据只用于 %1：不会发送到其他目标。</translation>
    </message>
    <message>
        <source>Paylo&amp;ad</source>
        <translation>内容(&amp;A)</translation>
    </message>
    <message>
        <source>Send t&amp;o:</source>
        <translation>发送到(&amp;O)：</translation>
    </message>
</context>
<context>
    <name>punctual::ui::RescheduleDialog</name>
    <message>
        <source>Reschedule</source>
        <translation>改期</translation>
    </message>
    <message>
        <source>Re&amp;schedule</source>
        <translation>改期(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>When are %n message(s) to leave?</source>
        <translation>
            <numerusform>%n 条消息应何时发出？</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::ResolveDialog</name>
    <message>
        <source>Resolve</source>
        <translation>处置</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) left and got no answer. What became of them?</source>
        <translation>
            <numerusform>%n 条消息已发出但没有应答。它们的结果如何？</numerusform>
        </translation>
    </message>
    <message>
        <source>It &amp;arrived</source>
        <translation>已到达(&amp;A)</translation>
    </message>
    <message>
        <source>Delivered: it is over.</source>
        <translation>已送达：到此结束。</translation>
    </message>
    <message>
        <source>It did &amp;not arrive: send it again</source>
        <translation>未到达，再次发送(&amp;N)</translation>
    </message>
    <message>
        <source>Leaves at once, with the same idempotency key.</source>
        <translation>立即发出，使用相同的幂等键。</translation>
    </message>
    <message>
        <source>A dead letter: it can be sent again later.</source>
        <translation>成为死信：以后可以再次发送。</translation>
    </message>
    <message>
        <source>Their support confirmed it, ticket 4711</source>
        <translation>对方客服已确认，工单 4711</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>原因(&amp;R)：</translation>
    </message>
    <message>
        <source>Re&amp;solve</source>
        <translation>处置(&amp;S)</translation>
    </message>
    <message>
        <source>Choose what became of it and say how you know.</source>
        <translation>请选择结果，并说明依据。</translation>
    </message>
    <message>
        <source>It did not arrive and is not &amp;wanted any more</source>
        <translation>未到达，也不再需要(&amp;W)</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ResultBar</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Take it back (%1)</source>
        <translation>撤回（%1）</translation>
    </message>
</context>
<context>
    <name>punctual::ui::Rights</name>
    <message>
        <source>Your role, %1, may not schedule messages: ask for the role %2.</source>
        <translation>您的角色 %1 不能安排消息：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not cancel messages: ask for the role %2.</source>
        <translation>您的角色 %1 不能取消消息：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not restore messages: ask for the role %2.</source>
        <translation>您的角色 %1 不能恢复消息：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not reschedule messages: ask for the role %2.</source>
        <translation>您的角色 %1 不能改期消息：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not edit messages: ask for the role %2.</source>
        <translation>您的角色 %1 不能编辑消息：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not send messages again: ask for the role %2.</source>
        <translation>您的角色 %1 不能再次发送消息：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not resolve messages: ask for the role %2.</source>
        <translation>您的角色 %1 不能判定消息结果：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not run bulk operations: ask for the role %2.</source>
        <translation>您的角色 %1 不能执行批量操作：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not change destinations: ask for the role %2.</source>
        <translation>您的角色 %1 不能更改目标：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Your role, %1, may not pause or resume destinations: ask for the role %2.</source>
        <translation>您的角色 %1 不能暂停或恢复目标：请申请角色 %2。</translation>
    </message>
    <message>
        <source>The login %1 has no role of Punctual: ask for the role %2.</source>
        <translation>登录 %1 没有 Punctual 的角色：请申请角色 %2。</translation>
    </message>
    <message>
        <source>Read-only: this database is a standby, a copy that follows another server. Connect to that one to change anything.</source>
        <translation>只读：此数据库是备用库，是跟随另一台服务器的副本。如需更改，请连接到那台服务器。</translation>
    </message>
    <message>
        <source>Read-only: this database takes no changes from here. Everything can be looked at.</source>
        <translation>只读：此数据库不接受来自这里的更改，但可以查看全部内容。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::SampleModel</name>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>最近结果</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
</context>
<context>
    <name>punctual::ui::SavedViews</name>
    <message>
        <source>Vie&amp;ws</source>
        <translation>视图(&amp;W)</translation>
    </message>
    <message>
        <source>Filters with a name</source>
        <translation>已命名的筛选</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>所有消息</translation>
    </message>
    <message>
        <source>Waiting or on their way</source>
        <translation>等待中或在途中</translation>
    </message>
    <message>
        <source>A person has to look</source>
        <translation>需要人工查看</translation>
    </message>
    <message>
        <source>Will not be sent</source>
        <translation>不会发送</translation>
    </message>
    <message>
        <source>&amp;Keep this view…</source>
        <translation>保存此视图(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Remove a view</source>
        <translation>删除视图(&amp;R)</translation>
    </message>
    <message>
        <source>Keep this view</source>
        <translation>保存此视图</translation>
    </message>
    <message>
        <source>Name of the view:</source>
        <translation>视图名称：</translation>
    </message>
</context>
<context>
    <name>punctual::ui::SealCheck</name>
    <message>
        <source>Chec&amp;k the seals</source>
        <translation>检查封签(&amp;K)</translation>
    </message>
    <message>
        <source>Seals</source>
        <translation>封签</translation>
    </message>
    <message>
        <source>Seals show whether anybody has changed the audit. They are not checked yet.</source>
        <translation>封签可显示审计记录是否被人改动。尚未检查。</translation>
    </message>
    <message>
        <source>Reads the whole audit and works the seals out anew</source>
        <translation>读取全部审计记录并重新计算封签</translation>
    </message>
    <message>
        <source>Checking: %1 seals so far…</source>
        <translation>正在检查：已检查 %1 个封签…</translation>
    </message>
    <message>
        <source>Nothing is sealed yet. A node seals the audit as it runs.</source>
        <translation>还没有封签。节点运行时会为审计记录封签。</translation>
    </message>
    <message numerus="yes">
        <source>%n seal(s) are intact. The last one is of %1.</source>
        <translation>
            <numerusform>%n 个封签完好。最新封签的时间为 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seal(s) do not hold what they were made for: the audit was changed. The first is seal %1, of rows %2 to %3: %4 were sealed, %5 are there.</source>
        <translation>
            <numerusform>%n 个封签与生成时的内容不符：审计记录已被改动。第一个是第 %1 号封签，条目 %2 到 %3：封签时 %4 条，现有 %5 条。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::SettingForm</name>
    <message>
        <source>Days, hours, minutes, seconds and milliseconds: 10d, 1h30m, 5s, 250ms</source>
        <translation>天、小时、分钟、秒和毫秒：10d、1h30m、5s、250ms</translation>
    </message>
    <message>
        <source>Remove the one that is stored</source>
        <translation>删除已保存的值</translation>
    </message>
    <message>
        <source>One is stored; type to replace it</source>
        <translation>已保存一个；输入即可替换</translation>
    </message>
    <message>
        <source>Remove: %1</source>
        <translation>删除：%1</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ShortcutDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Schedule the message</source>
        <translation>计划这条消息</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>撰写</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Messages, Compose</source>
        <translation>消息、撰写</translation>
    </message>
    <message>
        <source>Leave the full screen</source>
        <translation>退出全屏</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>仪表盘</translation>
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
    <message>
        <source>Another &amp;server…</source>
        <translation>其他服务器(&amp;S)…</translation>
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
    <message>
        <source>User and role</source>
        <translation>用户和角色</translation>
    </message>
    <message>
        <source>Database: not open to this login</source>
        <translation>数据库：不对此登录开放</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>login and role</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>no role</source>
        <translation>无角色</translation>
    </message>
    <message>
        <source>The login in the database, and its role there</source>
        <translation>数据库中的登录及其角色</translation>
    </message>
    <message>
        <source>Database: read-only</source>
        <translation>数据库：只读</translation>
    </message>
</context>
<context>
    <name>punctual::ui::StopModel</name>
    <message>
        <source>Destination</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Goes on</source>
        <translation>恢复时间</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>being tried now</source>
        <translation>正在试探</translation>
    </message>
    <message>
        <source>when it is resumed</source>
        <translation>有人恢复时</translation>
    </message>
</context>
<context>
    <name>punctual::ui::StopsPanel</name>
    <message>
        <source>Breakers and pauses</source>
        <translation>熔断与暂停</translation>
    </message>
    <message>
        <source>Nothing stands still: every destination may send.</source>
        <translation>没有停止：所有目标都可以发送。</translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s)</source>
        <translation>
            <numerusform>%n 个目标</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stop(s)</source>
        <translation>
            <numerusform>%n 处停止</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::TestDelivery</name>
    <message>
        <source>Sending a test to %1…</source>
        <translation>正在向 %1 发送测试消息…</translation>
    </message>
    <message>
        <source>The test could not be sent. %1</source>
        <translation>测试消息未能发送。%1</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>Test delivered to %1: %2, %3 after the click.</source>
        <translation>测试消息已送达 %1：%2，距点击 %3。</translation>
    </message>
    <message>
        <source>The test to %1 failed (%2). %3</source>
        <translation>发往 %1 的测试消息失败（%2）。%3</translation>
    </message>
    <message>
        <source>The test to %1 has left and no answer has come yet.</source>
        <translation>发往 %1 的测试已发出，尚无应答。</translation>
    </message>
    <message>
        <source>The test to %1 did not leave and will not.</source>
        <translation>发往 %1 的测试没有发出，也不会再发出。</translation>
    </message>
</context>
<context>
    <name>punctual::ui::ThroughputPanel</name>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>messages a second</source>
        <translation>每秒消息数</translation>
    </message>
    <message>
        <source>Throughput, messages a second</source>
        <translation>吞吐量（每秒消息数）</translation>
    </message>
    <message>
        <source>a second</source>
        <translation>每秒</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>To be retried</source>
        <translation>待重试</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>彻底失败</translation>
    </message>
    <message>
        <source>Nothing was sent in this time.</source>
        <translation>这段时间内没有发送任何消息。</translation>
    </message>
    <message>
        <source>%1 delivered, %2 to be retried, %3 dead</source>
        <translation>已送达 %1，待重试 %2，彻底失败 %3</translation>
    </message>
</context>
<context>
    <name>punctual::ui::TimeChart</name>
    <message>
        <source>Values at the cursor</source>
        <translation>光标处的数值</translation>
    </message>
</context>
<context>
    <name>punctual::ui::TimeLineView</name>
    <message>
        <source>Time line of the message</source>
        <translation>消息的时间线</translation>
    </message>
</context>
<context>
    <name>punctual::ui::TimeRangeEdit</name>
    <message>
        <source>In the past hour</source>
        <translation>过去一小时</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>In the next hour</source>
        <translation>未来一小时</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Between…</source>
        <translation>时间段…</translation>
    </message>
</context>
<context>
    <name>punctual::ui::Tray</name>
    <message>
        <source>&amp;Show the window</source>
        <translation>显示窗口(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Punctual: nothing waits</source>
        <translation>Punctual：没有等待的消息</translation>
    </message>
    <message>
        <source>Punctual: %1 messages wait</source>
        <translation>Punctual：%1 条消息等待中</translation>
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
