@echo off
rem graft COMMAND: the command line. Without a command the window opens, with --project DIR in a project.
setlocal
set "app=%~dp0app"
set "PYTORCH_LIBRARY_PATH=%app%\natives\pytorch"
set "GRAFT_NATIVES=%app%\natives"
set "GRAFT_NETWORKS=%app%\networks"
set ORT_DISABLE_TELEMETRY=1
set "opens="
if "%~1"=="" set "opens=yes"
if "%~1"=="--project" set "opens=yes"
if defined opens (
    start "" "%~dp0graft.exe" %*
    exit /b 0
)
"%~dp0runtime\bin\java.exe" "@%app%\command.options" @NATIVE_ACCESS@ -cp "%app%\*" graft.cli.Main %*
exit /b %errorlevel%
