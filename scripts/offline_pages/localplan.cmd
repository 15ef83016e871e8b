@echo off
rem Starts localplan. The first start installs it for your account, from this folder alone.
setlocal
set "HOME_OF_IT=%LOCALAPPDATA%\localplan\VERSION"
set "PROGRAM=%HOME_OF_IT%\Scripts\localplan.exe"
if exist "%PROGRAM%" goto start

set "PY="
for %%V in (3.13 3.12 3.11) do if not defined PY py -%%V -c "" >nul 2>&1 && set "PY=py -%%V"
if not defined PY python -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>&1 && set "PY=python"
if not defined PY (
  echo localplan needs Python 3.11, 3.12 or 3.13 ^(64 bit^), and found none.
  echo Install one from the Microsoft Store or python.org, and start again. See IT.txt.
  pause
  exit /b 1
)
echo Installing localplan VERSION for your account. This takes about a minute.
%PY% -m venv "%HOME_OF_IT%" || goto failed
"%HOME_OF_IT%\Scripts\python.exe" -m pip install --quiet --no-index --find-links "%~dp0wheels" wioa-localplan==VERSION || goto failed

:start
if not "%~1"=="" (
  "%PROGRAM%" %*
  exit /b %ERRORLEVEL%
)
set "PATH=%HOME_OF_IT%\Scripts;%PATH%"
cd /d "%USERPROFILE%\Documents"
"%PROGRAM%" --help
echo.
echo You are in your Documents folder. Try: localplan demo
cmd /k
exit /b 0

:failed
rmdir /s /q "%HOME_OF_IT%" >nul 2>&1
echo localplan could not be installed. Send the lines above to your IT department, with IT.txt.
pause
exit /b 1
