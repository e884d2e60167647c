<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>BackupCommands</name>
    <message numerus="yes">
        <source>The database is that of the backup, with %n message(s) that are not over.</source>
        <translation>
            <numerusform>The database is that of the backup, with %n message that is not over.</numerusform>
            <numerusform>The database is that of the backup, with %n messages that are not over.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoctorCommand</name>
    <message numerus="yes">
        <source>%n node(s) deliver.</source>
        <translation>
            <numerusform>%n node delivers.</numerusform>
            <numerusform>%n nodes deliver.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ForecastAdvice</name>
    <message numerus="yes">
        <source>From %1 to %2 %3 has %n message(s) already</source>
        <translation>
            <numerusform>From %1 to %2 %3 has %n message already</numerusform>
            <numerusform>From %1 to %2 %3 has %n messages already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message numerus="yes">
        <source>%n node(s) own all 64 shards.</source>
        <translation>
            <numerusform>%n node owns all 64 shards.</numerusform>
            <numerusform>%n nodes own all 64 shards.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OperationStartCommand</name>
    <message numerus="yes">
        <source>It would take %n message(s). Nothing was changed.</source>
        <translation>
            <numerusform>It would take %n message. Nothing was changed.</numerusform>
            <numerusform>It would take %n messages. Nothing was changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestText</name>
    <message numerus="yes">
        <source>(%n byte(s), no text)</source>
        <translation>
            <numerusform>(%n byte, no text)</numerusform>
            <numerusform>(%n bytes, no text)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SecretsCommand</name>
    <message numerus="yes">
        <source>The secrets of %n destination(s) are sealed with the current key.</source>
        <translation>
            <numerusform>The secrets of %n destination are sealed with the current key.</numerusform>
            <numerusform>The secrets of %n destinations are sealed with the current key.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sizes</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimeRange</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::app::Desktop</name>
    <message numerus="yes">
        <source>%n message(s) wait, and this computer delivers them. Quit in the menu of this icon.</source>
        <translation>
            <numerusform>%n message waits, and this computer delivers them. Quit in the menu of this icon.</numerusform>
            <numerusform>%n messages wait, and this computer delivers them. Quit in the menu of this icon.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait, and this computer is the only engine. What becomes due while Punctual does not run leaves late, or expires.</source>
        <translation>
            <numerusform>%n message waits, and this computer is the only engine. What becomes due while Punctual does not run leaves late, or expires.</numerusform>
            <numerusform>%n messages wait, and this computer is the only engine. What becomes due while Punctual does not run leaves late, or expires.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::Alarms</name>
    <message numerus="yes">
        <source>%n message(s) failed for good</source>
        <translation>
            <numerusform>%n message failed for good</numerusform>
            <numerusform>%n messages failed for good</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::BulkDialog</name>
    <message numerus="yes">
        <source>&amp;Cancel %Ln message(s)</source>
        <translation>
            <numerusform>&amp;Cancel %Ln message</numerusform>
            <numerusform>&amp;Cancel %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Send %Ln message(s) again</source>
        <translation>
            <numerusform>&amp;Send %Ln message again</numerusform>
            <numerusform>&amp;Send %Ln messages again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Reschedule %Ln message(s)</source>
        <translation>
            <numerusform>&amp;Reschedule %Ln message</numerusform>
            <numerusform>&amp;Reschedule %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Resolve %Ln message(s)</source>
        <translation>
            <numerusform>&amp;Resolve %Ln message</numerusform>
            <numerusform>&amp;Resolve %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Restore %Ln message(s)</source>
        <translation>
            <numerusform>&amp;Restore %Ln message</numerusform>
            <numerusform>&amp;Restore %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) fit now. The first of them:</source>
        <translation>
            <numerusform>%Ln message fits now. The first of them:</numerusform>
            <numerusform>%Ln messages fit now. The first of them:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::CausesPanel</name>
    <message numerus="yes">
        <source>%n failed attempt(s)</source>
        <translation>
            <numerusform>%n failed attempt</numerusform>
            <numerusform>%n failed attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::ComposePage</name>
    <message numerus="yes">
        <source>At most %n tag(s).</source>
        <translation>
            <numerusform>At most %n tag.</numerusform>
            <numerusform>At most %n tags.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) scheduled.</source>
        <translation>
            <numerusform>%n message scheduled.</numerusform>
            <numerusform>%n messages scheduled.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::ForecastPage</name>
    <message numerus="yes">
        <source>The next %n day(s)</source>
        <translation>
            <numerusform>The next %n day</numerusform>
            <numerusform>The next %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::ListEnd</name>
    <message numerus="yes">
        <source>%n message(s) are shown and there are more: narrow the filter.</source>
        <translation>
            <numerusform>%n message is shown and there are more: narrow the filter.</numerusform>
            <numerusform>%n messages are shown and there are more: narrow the filter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::ManyDialog</name>
    <message numerus="yes">
        <source>&amp;Schedule %n message(s)</source>
        <translation>
            <numerusform>&amp;Schedule %n message</numerusform>
            <numerusform>&amp;Schedule %n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) are right.</source>
        <translation>
            <numerusform>%n line is right.</numerusform>
            <numerusform>%n lines are right.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) are wrong and are left out.</source>
        <translation>
            <numerusform>%n line is wrong and is left out.</numerusform>
            <numerusform>%n lines are wrong and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the first %n line(s) are read; punctualctl takes files of any size.</source>
        <translation>
            <numerusform>Only the first line is read; punctualctl takes files of any size.</numerusform>
            <numerusform>Only the first %n lines are read; punctualctl takes files of any size.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are stored, the others are not.</source>
        <translation>
            <numerusform>%n message is stored, the others are not.</numerusform>
            <numerusform>%n messages are stored, the others are not.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::MessageActions</name>
    <message numerus="yes">
        <source>Cancel %n message(s)?</source>
        <translation>
            <numerusform>Cancel %n message?</numerusform>
            <numerusform>Cancel %n messages?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cancelled. They will not be sent.</source>
        <translation>
            <numerusform>%n message cancelled. It will not be sent.</numerusform>
            <numerusform>%n messages cancelled. They will not be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s): %1</source>
        <translation>
            <numerusform>%n message: %1</numerusform>
            <numerusform>%n messages: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n message(s) again? The third party takes each for a new one.</source>
        <translation>
            <numerusform>Send %n message again? The third party takes it for a new one.</numerusform>
            <numerusform>Send %n messages again? The third party takes each for a new one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) scheduled again.</source>
        <translation>
            <numerusform>%n message scheduled again.</numerusform>
            <numerusform>%n messages scheduled again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) restored. They will be sent when they are due.</source>
        <translation>
            <numerusform>%n message restored. It will be sent when it is due.</numerusform>
            <numerusform>%n messages restored. They will be sent when they are due.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) rescheduled to %1.</source>
        <translation>
            <numerusform>%n message rescheduled to %1.</numerusform>
            <numerusform>%n messages rescheduled to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) resolved: %1.</source>
        <translation>
            <numerusform>%n message resolved: %1.</numerusform>
            <numerusform>%n messages resolved: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) moved back.</source>
        <translation>
            <numerusform>%n message moved back.</numerusform>
            <numerusform>%n messages moved back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::RescheduleDialog</name>
    <message numerus="yes">
        <source>When are %n message(s) to leave?</source>
        <translation>
            <numerusform>When is %n message to leave?</numerusform>
            <numerusform>When are %n messages to leave?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::ResolveDialog</name>
    <message numerus="yes">
        <source>%n message(s) left and got no answer. What became of them?</source>
        <translation>
            <numerusform>%n message left and got no answer. What became of it?</numerusform>
            <numerusform>%n messages left and got no answer. What became of them?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::SealCheck</name>
    <message numerus="yes">
        <source>%n seal(s) are intact. The last one is of %1.</source>
        <translation>
            <numerusform>%n seal is intact. The last one is of %1.</numerusform>
            <numerusform>%n seals are intact. The last one is of %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seal(s) do not hold what they were made for: the audit was changed. The first is seal %1, of rows %2 to %3: %4 were sealed, %5 are there.</source>
        <translation>
            <numerusform>%n seal does not hold what it was made for: the audit was changed. The first is seal %1, of rows %2 to %3: %4 were sealed, %5 are there.</numerusform>
            <numerusform>%n seals do not hold what they were made for: the audit was changed. The first is seal %1, of rows %2 to %3: %4 were sealed, %5 are there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::StatusStrip</name>
    <message numerus="yes">
        <source>Attached, %n node(s) running</source>
        <translation>
            <numerusform>Attached, %n node running</numerusform>
            <numerusform>Attached, %n nodes running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>punctual::ui::StopsPanel</name>
    <message numerus="yes">
        <source>%n destination(s)</source>
        <translation>
            <numerusform>%n destination</numerusform>
            <numerusform>%n destinations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stop(s)</source>
        <translation>
            <numerusform>%n stop</numerusform>
            <numerusform>%n stops</numerusform>
        </translation>
    </message>
</context>
</TS>
