@echo off
rem Runs the isobar command from this checkout; builds it first when a source has changed.
dotnet build "%~dp0src\Isobar.Cli" -c Release -v q -nologo >"%TEMP%\isobar-build.log" 2>&1
if errorlevel 1 (
  type "%TEMP%\isobar-build.log" 1>&2
  exit /b 3
)
dotnet "%~dp0artifacts\bin\Isobar.Cli\release\Isobar.Cli.dll" %*
