<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
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
    <name>Why</name>
    <message numerus="yes">
        <source>%n message(s) are before it, and the rate limit lets %1 a second go.</source>
        <translation>
            <numerusform>%n message is before it, and the rate limit lets %1 a second go.</numerusform>
            <numerusform>%n messages are before it, and the rate limit lets %1 a second go.</numerusform>
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
    <name>punctual::ui::MessageCanceller</name>
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
</TS>
