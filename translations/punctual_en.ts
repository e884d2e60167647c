<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
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
    <name>Health</name>
    <message numerus="yes">
        <source>%n node(s) own all 64 shards.</source>
        <translation>
            <numerusform>%n node owns all 64 shards.</numerusform>
            <numerusform>%n nodes own all 64 shards.</numerusform>
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
