@echo off
rem Builds what is needed, then opens the workbench; graft COMMAND runs one command without a window.
rem Needs JDK 17 or newer and Maven.
setlocal
set "here=%~dp0"
set "target=%here%app\target"
if not exist "%target%\graft-app.jar" (
    echo Building Graft, the first time takes some minutes ... 1>&2
    call mvn -q -B -f "%here%pom.xml" -DskipTests -Dspotless.check.skip=true package 1>&2 || exit /b 1
)
set "GRAFT_NATIVES=%target%\natives"
set "GRAFT_NETWORKS=%here%engine\target\networks"
set ORT_DISABLE_TELEMETRY=1
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "flags=-XX:+UseSerialGC -Xmn32m -Dai.djl.offline=true"
set "opens="
if "%~1"=="" set "opens=yes"
if "%~1"=="--project" set "opens=yes"
if defined opens (
    "%java%" %flags% -XX:TieredStopAtLevel=1 -cp "%target%\graft-app.jar;%target%\libs\*" graft.app.Launcher %*
) else (
    "%java%" %flags% -Djava.awt.headless=true -cp "%target%\graft-app.jar;%target%\libs\*" graft.cli.Main %*
)
exit /b %errorlevel%
