@echo off
rem Starts the counter out of this folder, without an installation; the data lies in the folder "data" beside it.
setlocal
if not exist "%~dp0data" (
  powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "%~dp0check-minimum.ps1" -Folder "%~dp0."
  if errorlevel 3 (
    pause
    exit /b 3
  )
)
"%~dp0program\runtime\node.exe" "%~dp0program\bin\loket.mjs" serve --data "%~dp0data\counter" %*
if errorlevel 1 pause
